from pathlib import Path

import numpy as np
import pytest
import spiceypy

from hotspots.archive.radiometer.epoch import MIDNIGHT_S, ephemeris_time
from hotspots.errors import ArchiveError, KernelError

FILE = Path("table.csv")
UTC = np.array(["2023-364T08:30:00.866", "2023-364T08:30:00.986", "2023-364T08:30:01.106"])


def noon_times():
    return np.array([spiceypy.str2et(text) for text in UTC])


def test_time_from_noon_is_kept(leap_seconds):
    times = noon_times()
    np.testing.assert_array_equal(ephemeris_time(times, UTC, FILE), times)


def test_label_at_its_word_is_put_right(leap_seconds):
    times = noon_times()
    np.testing.assert_allclose(ephemeris_time(times + MIDNIGHT_S, UTC, FILE), times, atol=1e-6)


def test_one_garbled_row_does_not_decide(leap_seconds):
    utc = UTC.copy()
    utc[1] = "garbled"
    times = noon_times()
    np.testing.assert_array_equal(ephemeris_time(times, utc, FILE), times)


@pytest.mark.parametrize("offset", [69.184, -MIDNIGHT_S, 1.0])
def test_other_epochs_are_refused(leap_seconds, offset):
    with pytest.raises(ArchiveError, match="off t_utc_doy"):
        ephemeris_time(noon_times() + offset, UTC, FILE)


def test_times_without_utc_are_refused(leap_seconds):
    with pytest.raises(ArchiveError, match="no row has t_utc_doy"):
        ephemeris_time(np.zeros(2), np.array(["", ""]), FILE)


def test_needs_leap_seconds():
    with pytest.raises(KernelError, match="leap seconds"):
        ephemeris_time(np.zeros(3), UTC, FILE)
