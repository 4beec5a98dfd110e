"""Exposure time: four witnesses of different precision, two of which must agree.

RDR labels do not state the exposure, and the radiance of a saturated or noisy sample
means nothing without it.  In order of precision the witnesses are TEXPO of the LOG table
(the command, in steps of 0.2 ms), EXPOSURE_DURATION (EDR labels), the difference of the
clock counts (two roundings to 15 us) and the difference of STOP_TIME and START_TIME
(two roundings to 1 ms).
"""

from itertools import combinations

from hotspots.archive.quirks import SUBCOUNTS_PER_SECOND
from hotspots.errors import LabelError

__all__ = ["settle_exposure"]

_STEP_S = 0.2e-3
"""The instrument's exposures are multiples of this (TEXPO, "Res=0.2msec")."""

_CLOCK_TOLERANCE_S = 2.0 / SUBCOUNTS_PER_SECOND
_TIMES_TOLERANCE_S = 1.1e-3


def settle_exposure(
    *,
    texpo_s: float | None = None,
    label_s: float | None = None,
    clock_s: float | None = None,
    times_s: float | None = None,
) -> float:
    """Decide the exposure time.

    Parameters
    ----------
    texpo_s : float, optional
        TEXPO of the LOG table.
    label_s : float, optional
        EXPOSURE_DURATION.
    clock_s : float, optional
        Difference of the clock counts.
    times_s : float, optional
        STOP_TIME minus START_TIME.

    Returns
    -------
    float
        Seconds: the most precise witness that another one confirms; a difference of
        clock counts is rounded to the instrument's step of 0.2 ms where it is within
        its own resolution of it.

    Raises
    ------
    LabelError
        If there is no witness, or no two of several agree.
    """
    given = {
        "TEXPO": (texpo_s, 0.0),
        "EXPOSURE_DURATION": (label_s, 0.0),
        "clock counts": (clock_s, _CLOCK_TOLERANCE_S),
        "STOP_TIME - START_TIME": (times_s, _TIMES_TOLERANCE_S),
    }
    witnesses = [
        (name, value, tolerance)
        for name, (value, tolerance) in given.items()
        if value is not None and value > 0.0
    ]
    if len(witnesses) == 1:
        return _whole_steps(witnesses[0][1])
    # Sharp pairs first: within 1 ms, nearly any two short exposures agree.
    pairs = sorted(combinations(witnesses, 2), key=lambda pair: pair[0][2] + pair[1][2])
    for (_, first, tolerance), (_, second, other_tolerance) in pairs:
        if abs(first - second) <= tolerance + other_tolerance + 1e-9:
            return _whole_steps(first)
    told = ", ".join(f"{name} {value:g} s" for name, value, _ in witnesses) or "none is stated"
    msg = f"the exposure cannot be settled: {told}"
    raise LabelError(msg)


def _whole_steps(exposure_s: float) -> float:
    steps = round(exposure_s / _STEP_S)
    nearest = round(steps * _STEP_S, 7)
    near = abs(nearest - exposure_s) <= _CLOCK_TOLERANCE_S
    return nearest if steps > 0 and near else exposure_s
