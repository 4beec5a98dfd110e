"""Which sources are resolved, and how far they reach: `resolved_sources`."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.coverage import coverage_of
from hotspots.retrieval.frames.extended import lattice_about, offsets_from
from hotspots.retrieval.frames.scene import FrameScene
from hotspots.retrieval.frames.solution import FrameFit
from hotspots.retrieval.frames.sources import ModelledSource
from hotspots.retrieval.frames.surroundings import belonging_nodes, look_around

__all__ = ["resolved_sources"]

Float64 = NDArray[np.float64]

WIDE_VARIANCE_PX2 = 0.5
"""A source wider than this (a disc of 2.8 px) is no point that is a little blurred."""

CLEAR_SNR = 15.0
"""Fainter sources show no more than their width."""

MARGIN_PX = 1.4
"""Lattices go on for so much beyond what they are to cover."""

SHAPE_BAND = "M"
"""Band that the reach of a source is looked for in: every visit has it."""


def resolved_sources(scene: FrameScene, fit: FrameFit) -> tuple[ModelledSource, ...]:
    """Sources with those made lattices, or larger ones, that need it.

    Parameters
    ----------
    scene : FrameScene
    fit : FrameFit

    Returns
    -------
    tuple of ModelledSource
        The same objects where nothing is to be changed.
    """
    if SHAPE_BAND not in fit.stamps:
        return fit.sources
    total, sigma = fit.totals(SHAPE_BAND)
    jacobian, places = fit.jacobians(), fit.places()
    shown = coverage_of(fit.stamps[SHAPE_BAND], fit.adjusted.unknowns.source_of_point)
    # the wings of a saturated source do not tell how wide it is
    seen = np.isfinite(jacobian[:, 0, 0]) & ~shown.saturated
    seen &= total > CLEAR_SNR * sigma
    chosen = np.flatnonzero(seen)
    if not len(chosen):
        return fit.sources
    centres = np.array([source.points_km[0] for source in fit.sources])
    around = look_around(
        fit.without_sources(SHAPE_BAND, scene.bands[SHAPE_BAND]),
        centres[chosen],
        jacobian[chosen],
        fit.adjusted.optics(SHAPE_BAND),
    )
    width = fit.adjusted.state[fit.adjusted.unknowns.widths]
    sources = list(fit.sources)
    for row, i in enumerate(chosen):
        source, view = sources[i], jacobian[i]
        near = np.linalg.norm(centres - centres[i], axis=-1) < 30.0 * source.km_per_px
        near[i] = False
        taken = [offsets_from(centres[i], fit.sources[j].points_km) for j in np.flatnonzero(near)]
        taken_px = np.concatenate([np.zeros((0, 2)), *taken]) @ view.T
        wide = width[i] * 0.5 * float(np.sum(view**2)) > WIDE_VARIANCE_PX2
        if not (source.extended or wide):
            continue  # light beside a point is another source
        belonging = belonging_nodes(around, row, taken_px, float(total[i]))
        if source.extended and not belonging.any():
            continue
        nodes = around.node_px[belonging] @ np.linalg.inv(view).T
        if source.extended:
            own = offsets_from(centres[i], source.points_km)
        else:
            own = places[i] + _disc(2.0 * np.sqrt(width[i]))
        margin = 0.1 if source.extended and not len(nodes) else MARGIN_PX
        points = lattice_about(
            centres[i], np.concatenate([own, nodes]), view, margin, taken_px=taken_px
        )
        powers = {
            band: np.full(len(points), value / len(points))
            for band, value in ((b, float(fit.totals(b)[0][i])) for b in fit.stamps)
        }
        missing = {b: np.zeros(len(points)) for b in source.powers if b not in powers}
        sources[i] = replace(source, points_km=points, powers=powers | missing)
    return tuple(sources)


def _disc(radius_km: float) -> Float64:
    """Places that cover a disc, (m, 2)."""
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = radius_km * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    return np.concatenate([part * ring for part in (0.0, 0.25, 0.5, 0.75, 1.0)])
