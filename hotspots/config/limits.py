"""Settings of the limits: sources put into a visit's own frames and looked for."""

from dataclasses import dataclass

from hotspots.config.checks import require_within
from hotspots.errors import ConfigurationError

__all__ = ["LimitSettings"]


@dataclass(frozen=True)
class LimitSettings:
    """Injection and recovery.

    Parameters
    ----------
    enabled : bool
        Whether limits are worked out at all: it takes about three times as long as gridding
        and searching the visit.
    injections : int
        Sources that are put into a visit, at least, where ``rounds`` allow it; its groups of
        frames share them.
    rounds : int
        Most often that a group's frames are gridded and searched anew; groups share them.
    step_px : float
        Distance of neighbouring sources of one round, native pixels; they come as near as
        four fifths of it.
    faintest_snr, brightest_snr : float
        Range of the expected signal over noise, evenly drawn in its logarithm.
    false_alarms : bool
        Whether to search maps without sources: sky, turned in sign, frames misplaced.
    seed : int
        Of the random numbers: the same seed gives the same limits.

    Raises
    ------
    ConfigurationError
        If a number is outside its range or the range of signals is empty.
    """

    enabled: bool = True
    injections: int = 600
    rounds: int = 12
    step_px: float = 12.0
    faintest_snr: float = 1.5
    brightest_snr: float = 40.0
    false_alarms: bool = True
    seed: int = 1

    def __post_init__(self) -> None:
        require_within(self, 1, 1_000_000, "injections")
        require_within(self, 1, 1000, "rounds")
        require_within(self, 6, 200, "step_px")
        require_within(self, 0.1, 1000, "faintest_snr", "brightest_snr")
        require_within(self, 0, 2**31 - 1, "seed")
        if self.faintest_snr >= self.brightest_snr:
            msg = (
                f"limits.faintest_snr={self.faintest_snr:g} is not below "
                f"limits.brightest_snr={self.brightest_snr:g}"
            )
            raise ConfigurationError(msg)
