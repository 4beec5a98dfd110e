"""What is known of a visit's pointing offset before looking at an image.

Measured on public frames of Io against the frame kernel v12 (one fit a visit): while the
despinning mirror worked the scene lay a few pixels off; from orbit 44 on it is parked,
which amounts to a turn of 7.28 +- 0.05 degrees about the spin axis.

==========  ==========  ==========
visit       samples     lines
==========  ==========  ==========
PJ41        +2.1        -5.4
PJ43        +2.3        -6.0
PJ47        +3.7        -529.3
PJ49        +4.9        -535.0
PJ51        +2.1        -536.1
PJ53        +3.3        -537.4
==========  ==========  ==========
"""

import numpy as np

from hotspots.geometry.pointing.adjust import VisitPrior

__all__ = ["FIRST_ORBIT_WITHOUT_MIRROR", "visit_prior"]

FIRST_ORBIT_WITHOUT_MIRROR = 44
"""The mirror is not used from this orbit on (Mura et al. 2024, section 2.1)."""


def visit_prior(orbit: int | None, *, despun: bool | None = None) -> VisitPrior:
    """Prior of the offset of a visit.

    Parameters
    ----------
    orbit : int or None
        Orbit number; None means unknown.
    despun : bool, optional
        Whether the mirror was despinning, where housekeeping tells.

    Returns
    -------
    VisitPrior
        Angles in pixels: the lines of the table above, which are image-plane shifts, are
        3 px smaller as angles.  What four visits scatter by (1.2 and 3.6 px) is made wider
        by a third for the next one, as Student's distribution has it for so few.  Scatter
        between frames of a visit is 0.7 px with the mirror and 2.5 px without.
    """
    parked = orbit is None or orbit >= FIRST_ORBIT_WITHOUT_MIRROR if despun is None else not despun
    if parked:
        return VisitPrior(np.array([3.2, -533.5]), np.array([1.6, 4.8]), np.array([0.8, 2.5]))
    return VisitPrior(np.array([2.3, -5.0]), np.array([1.2, 2.5]), np.array([0.8, 1.2]))
