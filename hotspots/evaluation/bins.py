"""Bins that every table of the evaluation shares: of SNR and of pixel scale."""

import math
from dataclasses import dataclass

__all__ = ["ANY_SCALE", "SCALE_BINS", "SNR_BINS", "Bin"]


@dataclass(frozen=True)
class Bin:
    """Range of a quantity: from `low`, which belongs to it, up to `high`, which does not."""

    name: str
    low: float
    high: float

    def holds(self, value: float | None) -> bool:
        """Whether a value lies in the bin; a value that is not known lies in none."""
        return value is not None and self.low <= value < self.high


SNR_BINS = (
    Bin("3-5", 3.0, 5.0),
    Bin("5-10", 5.0, 10.0),
    Bin("10-30", 10.0, 30.0),
    Bin(">30", 30.0, math.inf),
)
"""SNR of all frames of a visit together."""

SCALE_BINS = (Bin("<2", 0.0, 2.0), Bin("2-20", 2.0, 20.0), Bin(">20", 20.0, math.inf))
"""Kilometres per pixel: close flybys, patera-scale views, whole discs."""

ANY_SCALE = Bin("all", 0.0, math.inf)
