"""How surprising the power of one source is, against all that was known before its visit."""

import math
from dataclasses import dataclass
from enum import StrEnum

from hotspots.catalogue.light_curves import LightCurvePoint, power_observation, power_observations
from hotspots.catalogue.lognormal import PowerObservation
from hotspots.catalogue.ordinary import ordinary_power, unlisted_as_bright
from hotspots.catalogue.records import SourceRecord
from hotspots.catalogue.volcanoes import Volcano

__all__ = ["AlertKind", "Surprise", "surprise_of"]

STRONG_SNR, STRONG_FALSE = 50.0, 0.01
"""Light as strong as this in two frames is neither noise nor a particle hit, whatever a
detector that never saw its like makes of it: of 351 such detections in 18 simulated visits
3 were no source at their place."""


class AlertKind(StrEnum):
    """Why an alert was raised."""

    NEW = "new"
    BRIGHTENING = "brightening"


@dataclass(frozen=True)
class Surprise:
    """Test of one source against what was known before its visit.

    Parameters
    ----------
    kind : AlertKind
        What it would be, if it were beyond the ordinary.
    seen : PowerObservation
        Of ln M-band power, GW/um.
    before : tuple of LightCurvePoint
        The volcano in earlier visits.
    ordinary : float or None
        Median of its ordinary power, GW/um; of a new volcano, the faintest limit of the
        earlier visits, if any has one.
    tested : int
        Sources of the visit.
    varied : float
        Expected number of sources a visit that are as surprising by ordinary variation.
    false : float
        Probability that the detection is false.
    """

    kind: AlertKind
    seen: PowerObservation
    before: tuple[LightCurvePoint, ...]
    ordinary: float | None
    tested: int
    varied: float
    false: float

    @property
    def power(self) -> float:
        """M-band power, or its lower limit, GW/um."""
        return math.exp(self.seen.log_power)

    @property
    def factor(self) -> float:
        """Power over the ordinary; not a number where that is not known."""
        return math.nan if self.ordinary is None else self.power / self.ordinary

    @property
    def lasts_from(self) -> float:
        """Power when it was last seen, or its lower limit, GW/um; 0 where it never was."""
        seen = [point for point in self.before if point.source_id is not None]
        known = power_observation(seen[-1]) if seen else None
        return 0.0 if known is None else math.exp(known.log_power)

    @property
    def by_chance(self) -> float:
        """Alerts as strong as this by chance in one visit."""
        return self.varied + self.false


def surprise_of(volcano: Volcano, source: SourceRecord, tested: int) -> Surprise | None:
    """Test one source.

    Parameters
    ----------
    volcano : Volcano
    source : SourceRecord
        One of its members.
    tested : int
        Sources of the visit.

    Returns
    -------
    Surprise or None
        None if it has no M power.
    """
    curve = volcano.light_curve
    number = next(n for n, point in enumerate(curve) if point.visit == source.visit)
    seen, before = power_observation(curve[number]), curve[:number]
    if seen is None:
        return None
    history = power_observations(before)
    false = _probability_false(source)
    if volcano.published is None and not any(point.source_id for point in before):
        limits = [one.log_power for one in history]
        ordinary = math.exp(min(limits)) if limits else None
        varied = unlisted_as_bright(seen.log_power, seen.sigma, history)
        return Surprise(AlertKind.NEW, seen, before, ordinary, tested, varied, false)
    known = ordinary_power(history, volcano.published)
    ordinary = float(known.median_quantiles(0.5))
    varied = tested * known.exceedance(seen.log_power, seen.sigma)
    return Surprise(AlertKind.BRIGHTENING, seen, before, ordinary, tested, varied, false)


def _probability_false(source: SourceRecord) -> float:
    """Probability that the detection is no source; 0 where the detector gives none."""
    if source.p_hotspot is None or source.p_lava_lake is None:
        return 0.0
    doubt = max(0.0, 1.0 - source.p_hotspot - source.p_lava_lake)
    strong = source.snr >= STRONG_SNR and source.n_frames >= 2
    return min(doubt, STRONG_FALSE) if strong else doubt
