from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import spiceypy

from hotspots.archive.kernels import KernelPool
from hotspots.archive.radiometer.nearness import beam_filling, hours_near_io, io_from_juno_km
from hotspots.archive.radiometer.products import RadiometerHour
from hotspots.body import IO_MEAN_RADIUS_KM


def hour_at(*when):
    start = datetime(*when, tzinfo=UTC)
    return RadiometerHour(
        product_id="MWR53RI", orbit=53, start=start, instrument=Path("x.csv"), geolocation=None
    )


def test_io_at_twice_the_half_beam_fills_it():
    half = np.radians(10.96) / 2
    distance = IO_MEAN_RADIUS_KM / np.sin(np.array([2 * half, half, half / 2]))
    np.testing.assert_allclose(beam_filling(distance), [1.0, 1.0, 0.25])


def test_distance_is_that_of_spice_and_nan_outside_the_kernels(metakernel):
    with KernelPool(metakernel):
        inside = spiceypy.str2et("2023-07-31T04:45:00")
        position = io_from_juno_km(np.array([inside, inside + 1e8]))
        expected = spiceypy.spkpos("JUNO", inside, "J2000", "NONE", "IO")[0]
    np.testing.assert_allclose(position[0], -expected)
    assert np.isnan(position[1]).all()


def test_hours_are_chosen_by_geometry(metakernel):
    hours = [hour_at(2023, 7, 31, 4), hour_at(2023, 12, 30, 8)]
    with KernelPool(metakernel):
        # Juno passes Io at 22 000 km and more, with kernels for one of the two hours
        assert hours_near_io(hours, 0.05) == (hours[0],)
        assert hours_near_io(hours, 1.0) == ()
