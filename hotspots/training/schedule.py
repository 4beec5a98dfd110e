"""The learning rate over the steps, as a factor of its largest value."""

import math

__all__ = ["learning_rate_factor"]

_FIRST = 0.04
_LAST = 0.001


def learning_rate_factor(step: int, steps: int, warmup_fraction: float, schedule: str) -> float:
    """Factor at a step.

    Parameters
    ----------
    step : int
        From 0.
    steps : int
        Of the whole training; later ones keep the last value.
    warmup_fraction : float
        Part of the steps on the way up.
    schedule : str
        ``cosine``, ``one_cycle`` (Smith and Topin 2018, arXiv:1708.07120) or ``constant``;
        see `hotspots.config.training.OptimSettings`.

    Returns
    -------
    float
        Above 0, at most 1.
    """
    warmup = warmup_fraction * steps
    if step < warmup:
        risen = (step + 1) / (warmup + 1)
        if schedule == "one_cycle":
            risen = _half_cosine(1 - risen)
        return _FIRST + (1 - _FIRST) * risen
    if schedule == "constant":
        return 1.0
    done = min((step - warmup) / max(steps - warmup, 1.0), 1.0)
    return _LAST + (1 - _LAST) * _half_cosine(done)


def _half_cosine(part: float) -> float:
    """From 1 at 0 down to 0 at 1, flat at both ends."""
    return (1 + math.cos(math.pi * part)) / 2
