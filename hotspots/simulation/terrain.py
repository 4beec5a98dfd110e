"""The ground by chance: how it reflects, how warm it is, and what lies on it."""

from collections.abc import Sequence
from math import asin, degrees, exp

import numpy as np

from hotspots.simulation.albedo import Texture, draw_albedo
from hotspots.simulation.deposits import Deposit
from hotspots.simulation.ground import Ground, PassiveEmission, SunlightLaw
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene_ranges import GroundRanges
from hotspots.simulation.source import Source

__all__ = ["draw_deposits", "draw_ground"]

_FLOOR_MARGIN = 1.15
"""Least radius of a patera's floor over that of the source on it."""


def draw_ground(
    ranges: GroundRanges, sources: Sequence[Source], rng: np.random.Generator
) -> Ground:
    """Ground for given volcanoes, many of which lie on a dark floor."""
    deposits = draw_deposits(ranges, sources, rng)
    texture = Texture(
        l_contrast=ranges.l_contrast.draw(rng),
        m_contrast=ranges.m_contrast.draw(rng),
        band_correlation=ranges.band_correlation.draw(rng),
        smoothness=ranges.smoothness.draw(rng),
        finest_intervals=ranges.finest_intervals,
    )
    return Ground(
        l_sunlight=_draw_law(ranges, ranges.l_overhead, ranges.l_constant, rng),
        m_sunlight=_draw_law(ranges, ranges.m_overhead, ranges.m_constant, rng),
        emission=PassiveEmission(
            noon_temperature_k=ranges.noon_temperature_k.draw(rng),
            night_temperature_k=ranges.night_temperature_k.draw(rng),
        ),
        albedo=draw_albedo(texture, deposits, rng),
    )


def draw_deposits(
    ranges: GroundRanges, sources: Sequence[Source], rng: np.random.Generator
) -> tuple[Deposit, ...]:
    """Floors under sources and elsewhere, bright patches and rings of plumes."""
    scatter = ranges.colour_scatter.draw(rng)

    def draw_deposit(
        place: tuple[float, float], radius_km: float, factor: Range, hollow: float = 0.0
    ) -> Deposit:
        m_factor = factor.draw(rng)
        return Deposit(
            *place,
            radius_km=radius_km,
            l_factor=m_factor * exp(rng.normal(0, scatter)),
            m_factor=m_factor,
            hollow=hollow,
            edge=rng.uniform(0.05, 0.3),
        )

    deposits = []
    for source in _some(sources, ranges.floors_at_sources.draw(rng), rng):
        reach = source.diameter_km / 2 if source.outline is None else source.outline.reach_km
        radius = ranges.floor_radius_km.draw(rng) if source.outline is None else 0.0
        place = (source.lat_deg, source.lon_east_deg)
        deposits.append(
            draw_deposit(place, max(radius, _FLOOR_MARGIN * reach), ranges.floor_factor)
        )
    for number, radius_km, factor in (
        (ranges.floors, ranges.floor_radius_km, ranges.floor_factor),
        (ranges.bright_deposits, ranges.bright_radius_km, ranges.bright_factor),
    ):
        deposits += [
            draw_deposit(_anywhere(rng), radius_km.draw(rng), factor)
            for _ in range(round(number.draw(rng)))
        ]
    vents = [(source.lat_deg, source.lon_east_deg) for source in sources]
    for _ in range(round(ranges.plumes.draw(rng))):
        place = vents[int(rng.integers(len(vents)))] if vents else _anywhere(rng)
        radius = ranges.plume_radius_km.draw(rng)
        deposits.append(draw_deposit(place, radius, ranges.plume_factor, rng.uniform(0.4, 0.9)))
    return tuple(deposits)


def _draw_law(
    ranges: GroundRanges, overhead: Range, constant: Range, rng: np.random.Generator
) -> SunlightLaw:
    return SunlightLaw(
        overhead=overhead.draw(rng),
        constant=constant.draw(rng),
        minnaert_exponent=ranges.minnaert_exponent.draw(rng),
        lommel_seeliger_share=ranges.lommel_seeliger_share.draw(rng),
        terminator=ranges.terminator.draw(rng),
    )


def _some(sources: Sequence[Source], share: float, rng: np.random.Generator) -> list[Source]:
    chosen = rng.random(len(sources)) < share
    return [source for source, is_chosen in zip(sources, chosen, strict=True) if is_chosen]


def _anywhere(rng: np.random.Generator) -> tuple[float, float]:
    return degrees(asin(rng.uniform(-1, 1))), rng.uniform(0, 360)
