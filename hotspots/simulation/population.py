"""Hot spots by chance: how strong they are and how hot.

Spectral powers follow a power law whose slope changes once; each power is shared among one
to three temperatures, and areas follow from both.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.planck import (
    M_BAND,
    band_brightness_temperature,
    exitance_gw_um_km2,
    hemispheric_power_gw_um,
)
from hotspots.simulation.lakes import draw_lakes
from hotspots.simulation.placement import draw_places
from hotspots.simulation.scene_ranges import LakeRanges, PopulationRanges
from hotspots.simulation.source import Source

__all__ = ["PowerLaw", "draw_components", "draw_sources"]

Float64 = NDArray[np.float64]
Components = tuple[tuple[float, float], ...]

_HOTTEST_K = 1900.0
"""Hottest lava inferred on Io."""


@dataclass(frozen=True)
class PowerLaw:
    """Cumulative distribution N(> S) ~ S**-slope between two ends, with one break.

    Parameters
    ----------
    least, greatest : float
    bend : float
        Where the slope changes, in or outside of the ends.
    faint_slope, bright_slope : float
        Below and above; not 0.
    """

    least: float
    greatest: float
    bend: float
    faint_slope: float
    bright_slope: float

    def exceeded(self, power: Float64) -> Float64:
        """Number above a power, over the number above the bend of an endless law."""
        slope = np.where(power < self.bend, self.faint_slope, self.bright_slope)
        return np.asarray((power / self.bend) ** -slope)

    def draw(self, rng: np.random.Generator, size: int) -> Float64:
        """Powers (size,): the inverse of the cumulative distribution at even numbers."""
        most, fewest = self.exceeded(np.array([self.least, self.greatest]))
        number = rng.uniform(fewest, most, size)
        slope = np.where(number > 1, self.faint_slope, self.bright_slope)
        return np.clip(self.bend * number ** (-1 / slope), self.least, self.greatest)


def draw_components(
    ranges: PopulationRanges, powers_gw_um: Float64, rng: np.random.Generator
) -> list[Components]:
    """Temperatures and areas of hot spots of given spectral power in M.

    Parameters
    ----------
    ranges : PopulationRanges
    powers_gw_um : array (n,)
    rng : numpy.random.Generator

    Returns
    -------
    list of tuples of (temperature, area)
        K and km2; the component that was drawn first is the first.
    """
    count = len(powers_gw_um)
    ruling = ranges.temperature_k.draw(rng, count)
    hot = ruling * ranges.hot_ratio.draw(rng, count)
    cool = ruling * ranges.cool_ratio.draw(rng, count)
    temperatures = np.minimum(np.stack([ruling, hot, cool], axis=1), _HOTTEST_K)
    shares = np.zeros((count, 3))
    for column, (fraction, share) in enumerate(
        (
            (ranges.hot_share, ranges.hot_power_share),
            (ranges.cool_share, ranges.cool_power_share),
        ),
        start=1,
    ):
        has_one = rng.random(count) < fraction.draw(rng)
        shares[:, column] = has_one * share.draw(rng, count)
    shares[:, 0] = 1 - shares[:, 1] - shares[:, 2]
    powers = shares * powers_gw_um[:, None]
    greatest = ranges.greatest_area_km2.draw(rng, count)[:, None]
    densest = powers / greatest / float(hemispheric_power_gw_um(M_BAND, 1.0))
    coolest = band_brightness_temperature(M_BAND, np.where(powers > 0, densest, np.nan))
    temperatures = np.fmax(temperatures, coolest)
    areas = powers / exitance_gw_um_km2(M_BAND, temperatures)
    return [
        tuple((float(t), float(a)) for t, a in zip(*spot, strict=True) if a > 0)
        for spot in zip(temperatures, areas, strict=True)
    ]


def draw_sources(
    population: PopulationRanges, lakes: LakeRanges, rng: np.random.Generator
) -> tuple[Source, ...]:
    """All volcanoes of a globe.

    Raises
    ------
    ConfigurationError
        If the globe has no room for them.
    """
    outlines = draw_lakes(lakes, rng)
    outbursts = _draw_outbursts(population, rng)
    law = PowerLaw(
        least=population.least_power_gw_um.draw(rng),
        greatest=population.greatest_power_gw_um.draw(rng),
        bend=population.break_power_gw_um.draw(rng),
        faint_slope=population.faint_slope.draw(rng),
        bright_slope=population.bright_slope.draw(rng),
    )
    spots = max(round(population.sources.draw(rng)) - len(outlines) - len(outbursts), 0)
    components = [*outbursts, *draw_components(population, law.draw(rng, spots), rng)]
    reaches = [outline.reach_km for outline in outlines]
    reaches += [float(np.sqrt(sum(area for _, area in parts) / np.pi)) for parts in components]
    # Neighbours in the order of placing may become companions: mix lakes and spots.
    order = rng.permutation(len(reaches))
    places = draw_places(population, np.asarray(reaches)[order], rng)
    sources = []
    for number, (index, place) in enumerate(zip(order, places, strict=True)):
        name = f"S{number:04d}"
        if index < len(outlines):
            sources.append(Source.lava_lake(name, *place, outlines[index]))
        else:
            sources.append(Source(name, *place, "hotspot", components[index - len(outlines)]))
    return tuple(sources)


def _draw_outbursts(ranges: PopulationRanges, rng: np.random.Generator) -> list[Components]:
    count = int(rng.poisson(ranges.outbursts.draw(rng)))
    powers = ranges.outburst_power_gw_um.draw(rng, count)
    temperatures = ranges.outburst_temperature_k.draw(rng, count)
    areas = powers / exitance_gw_um_km2(M_BAND, temperatures)
    return [((float(t), float(a)),) for t, a in zip(temperatures, areas, strict=True)]
