"""What Io's ground and the lava in it may be like to a radiometer: ranges, drawn once a flyby."""

from dataclasses import dataclass

from hotspots.config.checks import require_within
from hotspots.simulation.ranges import Range, require_ranges

__all__ = ["GroundRanges", "LavaRanges"]


@dataclass(frozen=True)
class GroundRanges:
    """Ground without lava.

    Parameters
    ----------
    equator_k : Range
        Mean of a day on the equator.  Galileo's radiometer saw 90 K by night and 130 K by
        day (Rathbun et al. 2004); the VLA's discs of 85 and 98 K at 6 and 2 cm have an
        emissivity in them (de Pater et al. 1982).
    pole_drop_k : Range
        How much colder the poles are; "poles colder than mid-latitudes" is all that is
        public of the radiometer's own maps.
    latitude_exponent : Range
        Of the cosine of latitude.
    diurnal_amplitude_k : Range
        Half the swing of a day at the surface.
    diurnal_lag_deg : Range
        Of the warmest hour behind noon.
    second_harmonic : Range
        Part of that amplitude that a wave of half a day has.
    skin_depth_m : Range
        Of the diurnal wave: thermal inertia of 70 to 400.
    geotherm_k_m : Range
        Conducted heat of the crust without flows.
    temperature_scatter_k : Range
        Standard deviation of the mean temperature from place to place (albedo).
    permittivity : Range
        Of the topmost ground: frost and pyroclasts are 2, dense basalt 6 and more.
    permittivity_scatter : Range
        Its standard deviation from place to place.
    subsurface_permittivity : Range
        Where the waves come from.
    loss_tangent : Range
        There, at 1 GHz: dry basalt and its powders.
    loss_tangent_slope : Range
        Power of the frequency that it changes with.
    loss_tangent_scatter : Range
        Standard deviation of its natural logarithm from place to place.
    scale_km : Range
        Over which these patterns are alike.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    equator_k: Range = Range(95.0, 120.0)
    pole_drop_k: Range = Range(10.0, 40.0)
    latitude_exponent: Range = Range(0.5, 1.3)
    diurnal_amplitude_k: Range = Range(8.0, 30.0)
    diurnal_lag_deg: Range = Range(10.0, 45.0)
    second_harmonic: Range = Range(0.0, 0.3)
    skin_depth_m: Range = Range(0.013, 0.1, logarithmic=True)
    geotherm_k_m: Range = Range(0.0, 1.5)
    temperature_scatter_k: Range = Range(1.0, 4.0)
    permittivity: Range = Range(2.0, 4.0)
    permittivity_scatter: Range = Range(0.05, 0.3)
    subsurface_permittivity: Range = Range(2.5, 6.0)
    loss_tangent: Range = Range(0.006, 0.02, logarithmic=True)
    loss_tangent_slope: Range = Range(-0.05, 0.05)
    loss_tangent_scatter: Range = Range(0.0, 0.15)
    scale_km: Range = Range(150.0, 800.0, logarithmic=True)

    def __post_init__(self) -> None:
        require_ranges(self, 40.0, 200.0, "equator_k")
        require_ranges(self, 0.0, 100.0, "pole_drop_k", "diurnal_amplitude_k")
        require_ranges(self, 0.1, 4.0, "latitude_exponent")
        require_ranges(self, -180.0, 180.0, "diurnal_lag_deg")
        require_ranges(self, 0.0, 1.0, "second_harmonic", "loss_tangent_scatter")
        require_ranges(self, 1e-3, 1.0, "skin_depth_m", "loss_tangent")
        require_ranges(self, 0.0, 50.0, "geotherm_k_m", "temperature_scatter_k")
        require_ranges(self, 1.0, 12.0, "permittivity", "subsurface_permittivity")
        require_ranges(self, 0.0, 2.0, "permittivity_scatter")
        require_ranges(self, -1.0, 1.0, "loss_tangent_slope")
        require_ranges(self, 10.0, 5000.0, "scale_km")


@dataclass(frozen=True)
class LavaRanges:
    """Flows that are cold above and warm below.

    Parameters
    ----------
    none_fraction : float
        Part of the flybys of a globe without any.
    covered_fraction : Range
        Part of the globe: "some 10 %" says the press of 2025 (EGU, Brown).
    radius_km : Range
        Of a field of flows.
    filled_fraction : Range
        Part of a field that is lava.
    age_yr : Range
        Since the lava of a field came to rest.
    elongation : Range
        Length over width of a field.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    none_fraction: float = 0.2
    covered_fraction: Range = Range(0.03, 0.15)
    radius_km: Range = Range(40.0, 350.0, logarithmic=True)
    filled_fraction: Range = Range(0.3, 1.0)
    age_yr: Range = Range(1.0, 100.0, logarithmic=True)
    elongation: Range = Range(1.0, 3.0)

    def __post_init__(self) -> None:
        require_within(self, 0.0, 1.0, "none_fraction")
        require_ranges(self, 0.0, 0.8, "covered_fraction")
        require_ranges(self, 1.0, 2000.0, "radius_km")
        require_ranges(self, 0.01, 1.0, "filled_fraction")
        require_ranges(self, 0.1, 1e5, "age_yr")
        require_ranges(self, 1.0, 10.0, "elongation")
