"""Settings of the microwave radiometer's way from tables to maps."""

from dataclasses import dataclass

from hotspots.config.checks import require_positive, require_within

__all__ = ["RadiometerSettings"]


@dataclass(frozen=True)
class RadiometerSettings:
    """What ``infer.py`` does with the radiometer's tables.

    Parameters
    ----------
    enabled : bool
        Look for the radiometer's tables at all.
    minimum_filling : float
        Rows are used while Io fills at least this share of the narrowest beam.
    smoothing_s : float
        Gain and load are curves with a knot this often, s.
    outlier_sigma : float
        A row this many standard deviations off its neighbours in the beam is an outlier.
    traces : bool
        Draw the scan traces with the model over them.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    enabled: bool = True
    minimum_filling: float = 0.1
    smoothing_s: float = 15.0
    outlier_sigma: float = 6.0
    traces: bool = True

    def __post_init__(self) -> None:
        require_within(self, 0.001, 1.0, "minimum_filling")
        require_positive(self, "smoothing_s", "outlier_sigma")
