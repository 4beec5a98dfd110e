"""A number that is not known, as the range it may be drawn from."""

from dataclasses import dataclass
from math import exp, isfinite, log
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import ConfigurationError

__all__ = ["Range", "require_ranges"]


@dataclass(frozen=True)
class Range:
    """Numbers from ``low`` to ``high``, equally likely per step or per factor.

    In YAML: ``{low: 0.1, high: 1.0, logarithmic: true}``.

    Parameters
    ----------
    low, high : float
        Ends, in the unit that the setting names; equal ends give a constant.
    logarithmic : bool
        Draw the logarithm evenly and not the number.

    Raises
    ------
    ConfigurationError
        If the ends are not finite and ascending, or not positive for a logarithm.
    """

    low: float
    high: float
    logarithmic: bool = False

    def __post_init__(self) -> None:
        if not (isfinite(self.low) and isfinite(self.high) and self.low <= self.high):
            msg = f"range {self.low}..{self.high}: wanted finite ends, the lower one first"
            raise ConfigurationError(msg)
        if self.logarithmic and self.low <= 0:
            msg = f"logarithmic range {self.low}..{self.high}: wanted ends above zero"
            raise ConfigurationError(msg)

    @classmethod
    def fixed(cls, value: float) -> "Range":
        """The range that holds nothing but ``value``."""
        return cls(value, value)

    @overload
    def draw(self, rng: np.random.Generator, size: None = None) -> float: ...

    @overload
    def draw(
        self, rng: np.random.Generator, size: int | tuple[int, ...]
    ) -> NDArray[np.float64]: ...

    def draw(self, rng: np.random.Generator, size: int | tuple[int, ...] | None = None) -> Any:
        """Numbers from the range.

        Parameters
        ----------
        rng : numpy.random.Generator
        size : int or tuple of int, optional
            Shape; one float without it.

        Returns
        -------
        float or array of float64
        """
        return self.at(float(rng.random()) if size is None else rng.random(size))

    def at(self, fraction: Any) -> Any:
        """The number ``fraction`` (0..1, float or array) of the way from ``low`` to ``high``."""
        if not self.logarithmic:
            value = self.low + fraction * (self.high - self.low)
        elif isinstance(fraction, float):
            value = exp(log(self.low) + fraction * (log(self.high) - log(self.low)))
        else:
            value = np.exp(log(self.low) + fraction * (log(self.high) - log(self.low)))
        # Rounding may step over an end.
        if isinstance(value, float):
            return min(max(value, self.low), self.high)
        return np.clip(value, self.low, self.high)

    def scaled(self, factor: float) -> "Range":
        """The range with both ends multiplied by ``factor`` (not negative)."""
        return Range(self.low * factor, self.high * factor, logarithmic=self.logarithmic)


def require_ranges(settings: Any, low: float, high: float, *names: str) -> None:
    """Raise `ConfigurationError` unless the ranges called ``names`` lie in ``low``..``high``."""
    for name in names:
        value: Range = getattr(settings, name)
        if value.low < low or value.high > high:
            msg = f"{name}={value.low:g}..{value.high:g}: wanted a range within {low:g}..{high:g}"
            raise ConfigurationError(msg)
