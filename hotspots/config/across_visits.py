"""Settings of what joins the visits: links, light curves and alerts."""

from dataclasses import dataclass

from hotspots.config.checks import require_positive, require_within

__all__ = ["AcrossVisitsSettings"]


@dataclass(frozen=True)
class AcrossVisitsSettings:
    """From the sources of single visits to volcanoes.

    Parameters
    ----------
    wander_km : float
        How far the hottest place of a volcano strays from visit to visit: one standard
        deviation along one axis, km, beside the errors of the positions.  Half of the
        published hot spots lie within 0.35 degrees of the middle of their patera (Davies
        et al. 2024 against the gazetteer): 11 km, 1.18 standard deviations.
    unlisted_volcanoes : float
        Volcanoes on all of Io that are on no list, against which a link has to hold.  Taken
        to be as many as are published (Davies et al. 2024: 343), of which 84 were new.
    false_alarms_per_visit : float
        Greatest expected number of alerts a visit where nothing but the ordinary happens,
        new volcanoes and brightenings together.
    least_factor : float
        A brightening by less is ordinary, however sure.  Expert teams differ by a factor
        of two on the same hot spots.
    plotted : int
        Volcanoes in the picture of light curves, most powerful first; 0: no picture.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    wander_km: float = 9.4
    unlisted_volcanoes: float = 343.0
    false_alarms_per_visit: float = 0.05
    least_factor: float = 3.0
    plotted: int = 10

    def __post_init__(self) -> None:
        require_positive(self, "unlisted_volcanoes", "false_alarms_per_visit")
        require_within(self, 0.1, 200, "wander_km")
        require_within(self, 1, 1000, "least_factor")
        require_within(self, 0, 40, "plotted")
