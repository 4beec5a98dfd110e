import numpy as np
import pytest

from hotspots.calibration.radiometer.relation import (
    antenna_temperature,
    archived_relations,
    best_relations,
)
from tests.calibration.radiometer.made_rows import made_rows


def test_worked_by_hand():
    # 2 counts/K, 500 counts below the load at 300 K
    assert antenna_temperature(
        np.array([1500.0]), np.array([2000.0]), np.array([300.0]), np.array([2.0])
    ) == pytest.approx(50.0)


def test_finds_the_diode_that_the_archive_used():
    rows = made_rows(np.linspace(4, 120, 300), diode_error=(0.01, 0.0, -0.02))
    best = best_relations(archived_relations(rows))
    assert {fit.diode for fit in best.values()} == {2}
    assert max(fit.rms_k for fit in best.values()) < 1e-9
    assert best["R3"].formula.startswith("TA = TOFF + (AntCnt - RefCnt) * TND2")


def test_rms_and_bias_are_those_of_a_wrong_scale():
    # a diode that is 1 % too strong makes every difference to the load 1 % too small
    rows = made_rows(np.full(50, 99.0), load_k=301.0, diode_error=(0.01, 0.0, 0.0))
    fit = next(fit for fit in archived_relations(rows) if (fit.receiver, fit.diode) == ("R4", 1))
    assert fit.bias_k == pytest.approx(202.0 * (1 - 1 / 1.01))
    assert fit.rms_k == pytest.approx(fit.bias_k)
    assert fit.rows == 50


def test_receivers_without_an_archived_temperature_have_no_relation():
    rows = made_rows(np.full(50, 99.0))
    rows.archived_k[:, 7] = np.nan
    rows.archived_k[3, 2] = np.nan
    fits = archived_relations(rows)
    assert {fit.receiver for fit in fits} == {"R1_1", "R1_2", "R2_1", "R2_2", "R3", "R4", "R5"}
    assert {fit.rows for fit in fits} == {49, 50}
