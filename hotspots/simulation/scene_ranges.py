"""What is not known of Io, as ranges: one field a nuisance, drawn anew for every scene.

Sources of the defaults: the published catalogues of hot spots (Davies et al. 2024,
doi:10.3847/PSJ/ad4346 and doi:10.1038/s41550-023-02123-5), of lava lakes (Mura et al.
2024, doi:10.1038/s43247-024-01486-5) and of outbursts, and the two public fits of
reflected sunlight in JIRAM's images.  They disagree by factors, so the ranges are wide.
What belongs to a single source, lake or deposit is drawn for each; the rest once a scene.
"""

from dataclasses import dataclass, field
from math import inf

from hotspots.errors import ConfigurationError
from hotspots.simulation.ranges import Range, require_ranges

__all__ = ["GroundRanges", "LakeRanges", "PopulationRanges", "SceneRanges"]

_LEAST = 1e-9
"""Stands for above zero."""


@dataclass(frozen=True)
class PopulationRanges:
    """Hot spots and where all sources lie.

    Parameters
    ----------
    sources : Range
        Number on the whole globe, lakes and outbursts included.
    least_power_gw_um, greatest_power_gw_um : Range
        Ends of the distribution of spectral power in M, GW/um.
    break_power_gw_um : Range
        Where its slope changes, GW/um.
    faint_slope, bright_slope : Range
        Exponents of the cumulative distribution, N(> S) ~ S**-slope, below and above.
    temperature_k : Range
        Of the component that rules the M band, K.
    hot_share, cool_share : Range
        Share of the spots that have a hotter, or a cooler, second component; both make
        three.
    hot_ratio, cool_ratio : Range
        Temperature of those over that of the ruling one.
    hot_power_share, cool_power_share : Range
        Their share of the spot's power in M.
    greatest_area_km2 : Range
        Spots that would cover more are hotter instead, km2.
    known_share : Range
        Share of the places taken from the published hot spots; the others are anywhere.
    known_scatter_km : Range
        Standard deviation, per axis, about such a place, km.
    companion_share : Range
        Share of the sources that have the next one beside them.
    companion_distance_km : Range
        How far away, km.
    chain_share : Range
        Share of companions that carry the line on instead of turning at random.
    outbursts : Range
        Expected number on the globe.
    outburst_power_gw_um, outburst_temperature_k : Range

    Raises
    ------
    ConfigurationError
        If a number can be negative, a share above 1, or a power, slope, ratio, area or
        temperature 0.
    """

    sources: Range = Range(150.0, 450.0)
    least_power_gw_um: Range = Range(0.003, 0.01, logarithmic=True)
    greatest_power_gw_um: Range = Range(60.0, 200.0, logarithmic=True)
    break_power_gw_um: Range = Range(0.03, 3.0, logarithmic=True)
    faint_slope: Range = Range(0.1, 0.6)
    bright_slope: Range = Range(0.5, 1.1)
    temperature_k: Range = Range(300.0, 1100.0, logarithmic=True)
    hot_share: Range = Range(0.2, 0.6)
    hot_ratio: Range = Range(1.2, 2.2)
    hot_power_share: Range = Range(0.03, 0.4, logarithmic=True)
    cool_share: Range = Range(0.2, 0.6)
    cool_ratio: Range = Range(0.5, 0.85)
    cool_power_share: Range = Range(0.03, 0.4, logarithmic=True)
    greatest_area_km2: Range = Range(30.0, 300.0, logarithmic=True)
    known_share: Range = Range(0.3, 0.9)
    known_scatter_km: Range = Range(0.0, 20.0)
    companion_share: Range = Range(0.0, 0.1)
    companion_distance_km: Range = Range(15.0, 90.0)
    chain_share: Range = Range(0.3, 0.8)
    outbursts: Range = Range(0.05, 0.5, logarithmic=True)
    outburst_power_gw_um: Range = Range(200.0, 10000.0, logarithmic=True)
    outburst_temperature_k: Range = Range(1000.0, 1900.0)

    def __post_init__(self) -> None:
        require_ranges(self, 0, inf, "sources", "known_scatter_km", "outbursts")
        require_ranges(self, 0, 1, "hot_share", "cool_share", "known_share", "chain_share")
        require_ranges(self, 0, 1, "companion_share")
        require_ranges(self, 0, 0.49, "hot_power_share", "cool_power_share")
        require_ranges(self, _LEAST, inf, "least_power_gw_um", "greatest_power_gw_um")
        require_ranges(self, _LEAST, inf, "break_power_gw_um", "faint_slope", "bright_slope")
        require_ranges(self, _LEAST, inf, "hot_ratio", "cool_ratio", "greatest_area_km2")
        require_ranges(self, _LEAST, inf, "companion_distance_km", "outburst_power_gw_um")
        require_ranges(self, _LEAST, inf, "temperature_k", "outburst_temperature_k")


@dataclass(frozen=True)
class LakeRanges:
    """Lava lakes.

    Parameters
    ----------
    lakes : Range
        Number on the whole globe.
    diameter_km : Range
        Of the disc of the same area, km.
    irregularity : Range
        Standard deviation of the logarithm of the rim's distance from the centre.
    elongation : Range
        Longest over shortest axis before irregularities.
    crust_temperature_k : Range
    ring_width_km : Range
        Width of the exposed lava along the rim, km.
    ring_temperature_k : Range
    whole_ring_share, no_ring_share : Range
        Share of the lakes with a ring all round, and without; the others' is broken.
    intact_share : Range
        How much of a broken ring there is.
    hot_patches, islands : Range
        Number on a lake.
    patch_radius_share : Range
        Radius of either over that of the lake.
    hot_patch_temperature_k : Range
        Of torn crust: a mean over crust and lava.
    island_temperature_k : Range

    Raises
    ------
    ConfigurationError
        If a number can be negative, a share above 1, or a size or temperature 0.
    """

    lakes: Range = Range(6.0, 50.0)
    diameter_km: Range = Range(5.0, 130.0, logarithmic=True)
    irregularity: Range = Range(0.03, 0.2)
    elongation: Range = Range(1.0, 2.0)
    crust_temperature_k: Range = Range(200.0, 260.0)
    ring_width_km: Range = Range(0.008, 0.2, logarithmic=True)
    ring_temperature_k: Range = Range(450.0, 1050.0)
    whole_ring_share: Range = Range(0.3, 0.7)
    no_ring_share: Range = Range(0.05, 0.3)
    intact_share: Range = Range(0.2, 0.9)
    hot_patches: Range = Range(0.0, 3.0)
    islands: Range = Range(0.0, 3.0)
    patch_radius_share: Range = Range(0.02, 0.15, logarithmic=True)
    hot_patch_temperature_k: Range = Range(260.0, 450.0)
    island_temperature_k: Range = Range(100.0, 190.0)

    def __post_init__(self) -> None:
        require_ranges(self, 0, inf, "lakes", "irregularity", "hot_patches", "islands")
        require_ranges(self, 0, inf, "ring_width_km")
        require_ranges(self, 0, 1, "whole_ring_share", "no_ring_share", "intact_share")
        require_ranges(self, _LEAST, 0.5, "patch_radius_share")
        require_ranges(self, 1, 5, "elongation")
        require_ranges(self, _LEAST, 500, "diameter_km")
        require_ranges(self, _LEAST, inf, "crust_temperature_k", "ring_temperature_k")
        require_ranges(self, _LEAST, inf, "hot_patch_temperature_k", "island_temperature_k")


@dataclass(frozen=True)
class GroundRanges:
    """Sunlight on the ground, and the ground's own warmth.

    Parameters
    ----------
    l_overhead, m_overhead : Range
        Radiance with sun and camera overhead, without the constant, W m-2 sr-1.
    l_constant, m_constant : Range
        Radiance of all sunlit ground besides, W m-2 sr-1.
    minnaert_exponent, lommel_seeliger_share, terminator : Range
        Law of reflection, see `hotspots.simulation.ground.SunlightLaw`.
    noon_temperature_k, night_temperature_k : Range
    l_contrast, m_contrast : Range
        Standard deviation of the logarithm of the albedo.
    band_correlation : Range
        Of the patterns in L and M.
    smoothness : Range
        See `hotspots.simulation.albedo.Texture`.
    floors : Range
        Number of patera floors without a source.
    floor_radius_km, floor_factor : Range
        Of floors, and of those under sources.
    floors_at_sources : Range
        Share of the sources that have a floor.
    bright_deposits, bright_radius_km, bright_factor : Range
        Patches of frost and the like: number, size and albedo over that around.
    plumes, plume_radius_km, plume_factor : Range
        The same of rings of plume deposits; bright or dark.
    colour_scatter : Range
        Standard deviation of the logarithm of a deposit's factor in L over that in M.
    finest_intervals : int
        Of the finest map of albedo, see `hotspots.simulation.albedo.Texture`.

    Raises
    ------
    ConfigurationError
        If ``finest_intervals`` is not 16 times a power of two, up to 2048, or a range
        holds what cannot be.
    """

    l_overhead: Range = Range(0.014, 0.036, logarithmic=True)
    m_overhead: Range = Range(0.008, 0.034, logarithmic=True)
    l_constant: Range = Range(0.0, 0.003)
    m_constant: Range = Range(0.0, 0.004)
    minnaert_exponent: Range = Range(0.5, 1.0)
    lommel_seeliger_share: Range = Range(0.0, 0.6)
    terminator: Range = Range(0.002, 0.08, logarithmic=True)
    noon_temperature_k: Range = Range(110.0, 155.0)
    night_temperature_k: Range = Range(80.0, 115.0)
    l_contrast: Range = Range(0.03, 0.3, logarithmic=True)
    m_contrast: Range = Range(0.03, 0.3, logarithmic=True)
    band_correlation: Range = Range(0.3, 0.98)
    smoothness: Range = Range(0.0, 0.8)
    floors: Range = Range(50.0, 500.0)
    floor_radius_km: Range = Range(4.0, 60.0, logarithmic=True)
    floor_factor: Range = Range(0.25, 0.95)
    floors_at_sources: Range = Range(0.2, 0.9)
    bright_deposits: Range = Range(0.0, 150.0)
    bright_radius_km: Range = Range(2.0, 80.0, logarithmic=True)
    bright_factor: Range = Range(1.05, 1.8, logarithmic=True)
    plumes: Range = Range(0.0, 12.0)
    plume_radius_km: Range = Range(60.0, 500.0, logarithmic=True)
    plume_factor: Range = Range(0.6, 1.4, logarithmic=True)
    colour_scatter: Range = Range(0.0, 0.2)
    finest_intervals: int = 512

    def __post_init__(self) -> None:
        if self.finest_intervals not in {16 << k for k in range(8)}:
            msg = f"finest_intervals={self.finest_intervals}: wanted 16, 32, 64 ... or 2048"
            raise ConfigurationError(msg)
        require_ranges(self, 0, inf, "l_overhead", "m_overhead", "l_constant", "m_constant")
        require_ranges(self, 0, inf, "l_contrast", "m_contrast", "smoothness", "colour_scatter")
        require_ranges(self, 0, inf, "floors", "bright_deposits", "plumes")
        require_ranges(self, 0, 1, "band_correlation", "floors_at_sources")
        require_ranges(self, 0, 1, "lommel_seeliger_share")
        require_ranges(self, 0.3, 1, "minnaert_exponent")
        require_ranges(self, _LEAST, inf, "terminator", "noon_temperature_k", "night_temperature_k")
        require_ranges(self, _LEAST, inf, "floor_radius_km", "bright_radius_km", "plume_radius_km")
        require_ranges(self, _LEAST, inf, "floor_factor", "bright_factor", "plume_factor")


@dataclass(frozen=True)
class SceneRanges:
    """Everything of a scene that is drawn.

    Parameters
    ----------
    population : PopulationRanges
    lakes : LakeRanges
    ground : GroundRanges
    """

    population: PopulationRanges = field(default_factory=PopulationRanges)
    lakes: LakeRanges = field(default_factory=LakeRanges)
    ground: GroundRanges = field(default_factory=GroundRanges)
