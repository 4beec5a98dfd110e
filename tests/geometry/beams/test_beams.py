import numpy as np
import pytest

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.errors import GeometryError
from hotspots.geometry.beams.beams import Beams


def made(n=3, **changes):
    fields = {
        "et": np.arange(n) * 0.12,
        "axes": np.tile(np.eye(3), (n, 6, 1, 1)),
        "juno_km": np.tile([0.0, 0.0, -2.0 * IO_MEAN_RADIUS_KM], (n, 1)),
        "jupiter_km": np.tile([4e5, 0.0, 0.0], (n, 1)),
        "sky": np.tile(np.eye(3), (n, 1, 1)),
        "jupiter_axes": np.tile(np.eye(3), (n, 1, 1)),
    }
    return Beams(**(fields | changes))


def test_angles_of_a_hand_worked_case():
    beams = made()
    np.testing.assert_allclose(beams.range_km, 2 * IO_MEAN_RADIUS_KM)
    np.testing.assert_allclose(beams.io_radius_deg, 30.0)
    np.testing.assert_allclose(beams.io_angle_deg, 0.0, atol=1e-12)
    np.testing.assert_allclose(beams.jupiter_angle_deg, 90.0)
    assert beams.known.all()


def test_selects_rows_in_every_field():
    some = made().select(np.array([0, 2]))
    assert len(some) == 2
    assert some.axes.shape == (2, 6, 3, 3)
    np.testing.assert_array_equal(some.et, [0.0, 0.24])


@pytest.mark.parametrize("field", ["axes", "juno_km", "jupiter_km", "sky", "jupiter_axes"])
def test_refuses_a_field_of_another_shape(field):
    with pytest.raises(GeometryError, match=field):
        made(**{field: getattr(made(), field)[:2]})


def test_unknown_place_or_turn_is_not_known():
    beams = made()
    juno, axes = beams.juno_km.copy(), beams.axes.copy()
    juno[0, 1] = np.nan
    axes[1, 4, 0, 0] = np.nan
    known = beams.replace(juno_km=juno, axes=axes).known
    assert not known[0].any()
    np.testing.assert_array_equal(known[1], [True, True, True, True, False, True])
    assert known[2].all()
