import numpy as np
import pytest

from hotspots.errors import CalibrationError
from hotspots.radiometer import CHANNELS, RadiometerSwath, RowFlag


def made(rows=4, **changes):
    shape = (rows, len(CHANNELS))
    fields = {
        "visit": "PJ57",
        "et": np.arange(rows) * 0.12,
        "antenna_k": np.full(shape, 100.0),
        "sigma_k": np.full(shape, 0.5),
        "flags": np.zeros(shape, np.uint16),
        "spin": np.zeros(rows, np.int32),
        "boresight": np.zeros((*shape, 3)),
        "juno_from_jupiter_km": np.zeros((rows, 3)),
        "jupiter_angle_deg": np.zeros(shape),
        "jupiter_intercept_deg": np.full((*shape, 2), np.nan),
    }
    return RadiometerSwath(**(fields | changes))


def test_channels_are_numbered_and_ordered_by_frequency():
    assert [channel.number for channel in CHANNELS] == [1, 2, 3, 4, 5, 6]
    frequencies = [channel.frequency_ghz for channel in CHANNELS]
    assert frequencies == sorted(frequencies)


def test_selects_rows_by_mask_in_every_field():
    swath = made()
    assert len(swath) == 4
    half = swath.select(np.array([True, False, True, False]))
    assert len(half) == 2
    np.testing.assert_array_equal(half.et, [0.0, 0.24])
    assert half.boresight.shape == (2, 6, 3)


def test_refuses_times_that_do_not_increase():
    with pytest.raises(CalibrationError, match="do not increase"):
        made(et=np.array([0.0, 0.12, 0.12, 0.24]))


def test_refuses_turns_that_decrease():
    with pytest.raises(CalibrationError, match="turns"):
        made(spin=np.array([1, 1, 0, 0], np.int32))


@pytest.mark.parametrize("field", ["antenna_k", "boresight", "jupiter_angle_deg", "spin"])
def test_refuses_a_field_of_another_length(field):
    short = getattr(made(), field)[:2]
    with pytest.raises(CalibrationError, match=field):
        made(**{field: short})


def test_refuses_a_number_in_an_unusable_cell_and_nan_in_a_usable_one():
    flags = np.zeros((4, 6), np.uint16)
    flags[1, 2] = RowFlag.SATURATED
    with pytest.raises(CalibrationError, match="NaN exactly"):
        made(flags=flags)
    antenna = np.full((4, 6), 100.0)
    antenna[1, 2] = np.nan
    with pytest.raises(CalibrationError, match="NaN exactly"):
        made(antenna_k=antenna)
    swath = made(flags=flags, antenna_k=antenna)
    assert not swath.usable[1, 2]
    assert swath.usable.sum() == 23


def test_informational_flags_keep_their_temperature():
    flags = np.full((4, 6), RowFlag.UNORDERED | RowFlag.NO_GEOLOCATION, np.uint16)
    assert made(flags=flags).usable.all()


def test_refuses_a_usable_cell_without_noise():
    sigma = np.full((4, 6), 0.5)
    sigma[0, 0] = 0.0
    with pytest.raises(CalibrationError, match="sigma_k"):
        made(sigma_k=sigma)
