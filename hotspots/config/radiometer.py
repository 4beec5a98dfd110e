"""Settings of the microwave radiometer's way from tables to maps."""

from dataclasses import dataclass, field, replace

from hotspots.config.checks import require_positive, require_within
from hotspots.config.microwave import MicrowaveSettings
from hotspots.config.radiometer_maps import RadiometerMapSettings

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
    window_minutes : float
        And this long before and after the closest approach: sky and radiation belts are
        taken to keep still with Jupiter, which moves 3 degrees in ten minutes.
    smoothing_s : float
        Gain and load are curves with a knot this often, s.
    outlier_sigma : float
        A row this many standard deviations off its neighbours in the beam is an outlier.
    traces : bool
        Draw the scan traces with the model over them.
    maps : RadiometerMapSettings
        How rows become maps; the error of the gain is that of the calibration where it is
        known.
    lava : MicrowaveSettings
        How temperatures become fractions of warm lava.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    enabled: bool = True
    minimum_filling: float = 0.1
    window_minutes: float = 7.5
    smoothing_s: float = 15.0
    outlier_sigma: float = 6.0
    traces: bool = True
    maps: RadiometerMapSettings = field(default_factory=RadiometerMapSettings)
    lava: MicrowaveSettings = field(default_factory=MicrowaveSettings)

    def __post_init__(self) -> None:
        require_within(self, 0.001, 1.0, "minimum_filling")
        require_positive(self, "window_minutes", "smoothing_s", "outlier_sigma")
        # YAML has lists only
        permittivities = tuple(self.maps.permittivities)
        object.__setattr__(self, "maps", replace(self.maps, permittivities=permittivities))
