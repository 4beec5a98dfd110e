"""The camera of one visit: everything about it that stays the same from frame to frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.errors import ConfigurationError
from hotspots.planck import BANDS, Band
from hotspots.simulation.artefacts import Defects, Particles, draw_defects, draw_particles
from hotspots.simulation.bias import Bias, draw_bias
from hotspots.simulation.camera_ranges import CameraRanges, OpticsRanges
from hotspots.simulation.optics import Optics
from hotspots.simulation.stripes import Stripes, draw_stripes

__all__ = ["CameraState", "HalfState", "Level", "draw_camera"]

Level = Literal["RDR", "EDR"]
Float32 = NDArray[np.float32]

SHAPE = (BAND_LINES, SAMPLES)


@dataclass(frozen=True)
class HalfState:
    """One half of the detector, L or M.

    Parameters
    ----------
    optics : Optics
        Point spread function.
    response : array (lines, samples) float32
        Response over the nominal one: error of the responsivity times flat field.
    background_noise_dn : array (lines, samples) float32
        Noise of the one background frame that all frames of the visit share, DN; zero
        where there is none.
    defects : Defects
    stripes : Stripes
    bias : Bias or None
        What raw counts stand on; None in radiance frames.
    """

    optics: Optics
    response: Float32
    background_noise_dn: Float32
    defects: Defects
    stripes: Stripes
    bias: Bias | None


@dataclass(frozen=True)
class CameraState:
    """Camera of one visit.

    Parameters
    ----------
    level : {"RDR", "EDR"}
        Radiance after calibration, or raw counts.
    halves : mapping of str to HalfState
        By name of the band, ``"L"`` and ``"M"``.
    particles : Particles
    background_subtracted : bool
        Whether the instrument subtracted a background frame (never in an EDR).
    background_shared : bool
        Whether that was one frame for the whole visit.
    dark_frames : int
        Frames of empty sky that belong to the visit (EDR; 0 in an RDR).
    read_noise_dn, electrons_per_dn, saturation_dn, linear_dn, bend : float
        See `DetectorRanges`.
    drift_dn, plateau_dn : float
        See `BiasRanges`.

    Raises
    ------
    ConfigurationError
        If the level is neither.
    """

    level: Level
    halves: Mapping[str, HalfState]
    particles: Particles
    background_subtracted: bool
    background_shared: bool
    dark_frames: int
    read_noise_dn: float
    electrons_per_dn: float
    saturation_dn: float
    linear_dn: float
    bend: float
    drift_dn: float
    plateau_dn: float

    def __post_init__(self) -> None:
        if self.level not in {"RDR", "EDR"}:
            msg = f"level {self.level!r}: choose RDR or EDR"
            raise ConfigurationError(msg)

    def optics(self, band: Band) -> Optics:
        """Point spread function of a band's half."""
        return self.halves[band.name].optics


def draw_camera(ranges: CameraRanges, rng: np.random.Generator, level: Level) -> CameraState:
    """Draw the camera of a visit.

    Parameters
    ----------
    ranges : CameraRanges
    rng : numpy.random.Generator
    level : {"RDR", "EDR"}

    Returns
    -------
    CameraState

    Raises
    ------
    ConfigurationError
        If the level is neither.
    """
    detector = ranges.detector
    calibrated = level == "RDR"
    subtracted = calibrated and bool(rng.random() < detector.background_subtracted)
    shared = subtracted and bool(rng.random() < detector.background_shared)
    read_noise_dn = detector.read_noise_dn.draw(rng)
    flat_field = detector.flat_field.draw(rng)
    optics = _draw_optics(ranges.optics, rng)
    halves = {}
    for name in BANDS:
        defects = draw_defects(ranges.defects, rng, SHAPE, name)
        background = read_noise_dn * defects.noise_factor * rng.standard_normal(SHAPE)
        response = detector.responsivity_error.draw(rng) + flat_field * rng.standard_normal(SHAPE)
        halves[name] = HalfState(
            optics=optics[name],
            response=response.astype(np.float32),
            background_noise_dn=(background * shared).astype(np.float32),
            defects=defects,
            stripes=draw_stripes(ranges.columns, rng, SAMPLES, calibrated=calibrated),
            bias=None if calibrated else draw_bias(ranges.bias, rng, SHAPE),
        )
    return CameraState(
        level=level,
        halves=MappingProxyType(halves),
        particles=draw_particles(ranges.defects, rng),
        background_subtracted=subtracted,
        background_shared=shared,
        dark_frames=0 if calibrated else round(ranges.bias.dark_frames.draw(rng)),
        read_noise_dn=read_noise_dn,
        electrons_per_dn=detector.electrons_per_dn.draw(rng),
        saturation_dn=detector.saturation_dn.draw(rng),
        linear_dn=detector.linear_dn.draw(rng),
        bend=detector.bend.draw(rng),
        drift_dn=ranges.bias.drift_dn.draw(rng),
        plateau_dn=ranges.bias.plateau_dn.draw(rng),
    )


def _draw_optics(ranges: OpticsRanges, rng: np.random.Generator) -> dict[str, Optics]:
    """Optics of both halves: one focus, one pair of wings, cores of their own."""
    core = ranges.core_sigma_px.draw(rng)
    half_ratio = ranges.band_ratio.draw(rng) ** 0.5
    wings, outer = ranges.wing_fraction.draw(rng), ranges.outer_share.draw(rng)
    elongation = ranges.elongation.draw(rng)
    sigmas = ranges.inner_wing_sigma_px.draw(rng), ranges.outer_wing_sigma_px.draw(rng)
    return {
        name: Optics(
            # the ratio must not carry a core beyond the range that is promised
            core_sigma_px=float(
                np.clip(core * factor, ranges.core_sigma_px.low, ranges.core_sigma_px.high)
            ),
            elongation=elongation,
            wing_fractions=(wings * (1 - outer), wings * outer),
            wing_sigmas_px=sigmas,
        )
        for name, factor in (("L", half_ratio), ("M", 1 / half_ratio))
    }
