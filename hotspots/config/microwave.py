"""What is held for possible of Io's ground before the radiometer has said anything.

Each pair is mean and standard deviation of a normal prior of one number, of its logarithm
where the name says so.  The widths cover what has been published, which is little.
"""

from dataclasses import dataclass

from hotspots.config.checks import require_positive, require_within
from hotspots.errors import ConfigurationError

__all__ = ["GroundPriors", "MicrowaveSettings", "Prior"]


@dataclass(frozen=True)
class Prior:
    """A normal distribution.

    Parameters
    ----------
    mean, sigma : float

    Raises
    ------
    ConfigurationError
        If the standard deviation is not positive.
    """

    mean: float
    sigma: float

    def __post_init__(self) -> None:
        if not self.sigma > 0:
            msg = f"prior {self.mean} +- {self.sigma}: wanted a standard deviation above zero"
            raise ConfigurationError(msg)


@dataclass(frozen=True)
class GroundPriors:
    """Priors of ground without lava.

    Parameters
    ----------
    equator_k : Prior
        Mean of a day.  Galileo saw 90 to 130 K (Rathbun et al. 2004, Icarus 169, 127); the
        VLA's discs of 85 +- 16 and 98 +- 17 K are this times an emissivity (de Pater et al.
        1982, ApJ 261, 396).
    pole_drop_k : Prior
        How much colder the poles are.  "Poles colder than mid-latitudes" (press of 2024).
    log_latitude_exponent : Prior
        Of the power of the cosine of latitude that joins both.
    noon_k, afternoon_k : Prior
        Parts of the wave of a day at the surface that are warmest at noon and at sunset.
    log_skin_depth_m : Prior
        A thermal inertia of 70 to 400 is 1.3 to 7 cm.
    log_geotherm_k_m : Prior
        A crust that flows bury by a centimetre a year conducts next to nothing upwards
        (O'Reilly & Davies 1981, GRL 8, 313): some tenths of a kelvin a metre.
    permittivity : Prior
        Frost and powder 2, compact basalt above 6; radar echoes of Io ask for little.
    log_penetration_wavelengths : Prior
        Penetration depth over wavelength: 6.5 for permittivity 6 and loss tangent 0.01.
    """

    equator_k: Prior = Prior(108.0, 12.0)
    pole_drop_k: Prior = Prior(25.0, 12.0)
    log_latitude_exponent: Prior = Prior(-0.15, 0.35)
    noon_k: Prior = Prior(16.0, 8.0)
    afternoon_k: Prior = Prior(8.0, 6.0)
    log_skin_depth_m: Prior = Prior(-3.2, 0.6)
    log_geotherm_k_m: Prior = Prior(-0.5, 0.8)
    permittivity: Prior = Prior(2.9, 0.5)
    log_penetration_wavelengths: Prior = Prior(1.95, 0.4)


@dataclass(frozen=True)
class MicrowaveSettings:
    """How maps of brightness temperature become fractions of warm lava.

    Parameters
    ----------
    ground : GroundPriors
    gain_sigma : float
        Standard deviation of the scale of each channel; the design asked for 2 %.
    emissivity_sigma : float
        Of brightness from place to place, as a fraction, the same in all channels: what
        emissivity and temperature of the ground change.
    emissivity_slope_sigma : float
        The same per decade of frequency: emissivity that changes with depth.
    model_sigma_k : float
        Of each channel and place alone: what the model does not know.
    log_mean_fraction : Prior
        Of the mean of the exponential distribution of fractions where there is lava; the
        press of 2025 says that some 10 % of the globe is lava.
    log_lava_odds : Prior
        Of the odds of any lava in a beam.  Both are fitted to the flyby.
    widest_km : float
        Places whose channels cannot be had at this resolution or better are left out: the
        beam is then far wider than Io.
    confidence : float
        Probability from which a place is called warm.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    ground: GroundPriors = GroundPriors()
    gain_sigma: float = 0.02
    emissivity_sigma: float = 0.04
    emissivity_slope_sigma: float = 0.015
    model_sigma_k: float = 0.7
    log_mean_fraction: Prior = Prior(-2.3, 0.5)
    log_lava_odds: Prior = Prior(0.0, 1.5)
    widest_km: float = 5000.0
    confidence: float = 0.95

    def __post_init__(self) -> None:
        names = ("gain_sigma", "emissivity_sigma", "emissivity_slope_sigma", "model_sigma_k")
        require_positive(self, *names, "widest_km")
        require_within(self, 0.5, 1.0, "confidence")
