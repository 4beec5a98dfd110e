"""How true the measured positions, powers and classes of the found sources are."""

from collections.abc import Sequence
from dataclasses import dataclass

from hotspots.catalogue.records import SourceClass
from hotspots.evaluation.matching import Match, MatchedVisit
from hotspots.evaluation.outputs import MeasuredPower
from hotspots.evaluation.statistics import Tally, quantile

__all__ = ["Accuracy", "PositionError", "PowerAccuracy", "accuracy"]


@dataclass(frozen=True)
class PositionError:
    """Separation of pairs; for an extended source from its middle or its flux centre."""

    n: int
    median_px: float | None
    p90_px: float | None
    median_km: float | None
    p90_km: float | None


@dataclass(frozen=True)
class PowerAccuracy:
    """Measured over true power of unsaturated sources in one band.

    `interval` counts 68 % intervals that hold the truth among those with both ends.
    """

    n: int
    median_ratio: float | None
    p16_ratio: float | None
    p84_ratio: float | None
    interval: Tally


@dataclass(frozen=True)
class Accuracy:
    """All that can be judged about sources found, from a given SNR up.

    `saturated_interval` counts the truly saturated sources whose M interval holds the
    truth (no upper end means "or more", no lower end is a miss), `saturated_flag` those
    marked as saturated.  `lakes` counts true lakes wider than 3 px called lava lakes,
    `hotspots` true hot spots called hot spots; narrower lakes look like either.
    """

    min_snr: float
    position: PositionError
    m_power: PowerAccuracy
    l_power: PowerAccuracy
    saturated_interval: Tally
    saturated_flag: Tally
    lakes: Tally
    hotspots: Tally


def accuracy(visits: Sequence[MatchedVisit], min_snr: float) -> Accuracy:
    """Accuracy of the pairs with asked sources of one visit, or pooled over many.

    Parameters
    ----------
    visits : sequence of MatchedVisit
        Pairs to judge.
    min_snr : float
        Least expected stacked SNR of the sources to judge.
    """
    found = [m for visit in visits for m in visit.asked if m.source.stacked_snr >= min_snr]
    saturated = [match for match in found if match.source.saturated]
    unsaturated = [m for m in found if not m.source.saturated and not m.detection.saturated]
    return Accuracy(
        min_snr=min_snr,
        position=_position(found),
        m_power=_power([(m.source.m_power_gw_um, m.detection.m_power) for m in unsaturated]),
        l_power=_power(
            [
                (m.source.l_power_gw_um, m.detection.l_power)
                for m in unsaturated
                if m.source.n_l_frames
            ]
        ),
        saturated_interval=Tally.of(
            _holds(m.detection.m_power, m.source.m_power_gw_um) for m in saturated
        ),
        saturated_flag=Tally.of(m.detection.saturated for m in saturated),
        lakes=Tally.of(
            m.detection.source_class is SourceClass.LAVA_LAKE
            for m in found
            if m.source.is_resolvable_lake
        ),
        hotspots=Tally.of(
            m.detection.source_class is SourceClass.HOTSPOT
            for m in found
            if m.source.source_class is SourceClass.HOTSPOT
        ),
    )


def _position(found: Sequence[Match]) -> PositionError:
    pixels = [match.separation_px for match in found]
    kilometres = [match.separation_km for match in found]
    return PositionError(
        n=len(found),
        median_px=quantile(pixels, 0.5),
        p90_px=quantile(pixels, 0.9),
        median_km=quantile(kilometres, 0.5),
        p90_km=quantile(kilometres, 0.9),
    )


def _power(pairs: Sequence[tuple[float, MeasuredPower]]) -> PowerAccuracy:
    ratios = [power.value / truth for truth, power in pairs if power.value is not None]
    return PowerAccuracy(
        n=len(ratios),
        median_ratio=quantile(ratios, 0.5),
        p16_ratio=quantile(ratios, 0.16),
        p84_ratio=quantile(ratios, 0.84),
        interval=Tally.of(
            _holds(power, truth)
            for truth, power in pairs
            if power.low is not None and power.high is not None
        ),
    )


def _holds(power: MeasuredPower, truth: float) -> bool:
    """Whether an interval, open above where it has no upper end, holds the truth."""
    return (
        power.low is not None and power.low <= truth and (power.high is None or truth <= power.high)
    )
