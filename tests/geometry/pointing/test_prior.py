"""Priors: measured visits lie within them."""

import numpy as np
import pytest

from hotspots.geometry.cameras import image_plane_shift
from hotspots.geometry.pointing.prior import FIRST_ORBIT_WITHOUT_MIRROR, visit_prior
from tests.geometry.made_states import IFOV_RAD, camera_axes, direction, make_states, turned_back

# Median shifts (samples, lines) of public frames against the frame kernel v12.
MEASURED = {
    41: (2.1, -5.4),
    43: (2.3, -6.0),
    47: (3.7, -529.3),
    49: (4.9, -535.0),
    51: (2.1, -536.1),
    53: (3.3, -537.4),
}


@pytest.mark.parametrize("orbit", MEASURED)
def test_measured_visits_lie_within_two_sigma_or_so(orbit):
    prior = visit_prior(orbit)
    position = 60_000 * direction(0, 0)
    states = make_states(position, turned_back(camera_axes(position), prior.offset))
    shift = image_plane_shift(states, prior.offset[None], IFOV_RAD)[0]
    spread = np.hypot(prior.sigma_px, prior.jitter_px)
    assert (np.abs(shift - MEASURED[orbit]) < 2.2 * spread).all()


def test_housekeeping_goes_before_the_orbit_number():
    parked, held = visit_prior(60), visit_prior(20)
    assert visit_prior(20, despun=False).offset.tolist() == parked.offset.tolist()
    assert visit_prior(60, despun=True).offset.tolist() == held.offset.tolist()
    assert visit_prior(None).offset.tolist() == parked.offset.tolist()
    last = visit_prior(FIRST_ORBIT_WITHOUT_MIRROR - 1)
    assert last.offset.tolist() == held.offset.tolist()
    assert visit_prior(FIRST_ORBIT_WITHOUT_MIRROR).offset.tolist() == parked.offset.tolist()
