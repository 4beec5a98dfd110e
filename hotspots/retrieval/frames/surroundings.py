"""What is left about sources when all points are taken off: how far resolved ones reach.

A detector outlines the bright part of a lava lake; its crust goes on.  Nodes about a pixel
apart are asked for the light that is left there in all frames together.  Those that stand
out and hang together with the source belong to it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.excess import unit_images
from hotspots.retrieval.frames.extended import PITCH_PX
from hotspots.retrieval.frames.ground import moved
from hotspots.retrieval.frames.optics import BandOptics
from hotspots.retrieval.frames.scene import BandFrames

__all__ = ["Surroundings", "belonging_nodes", "look_around"]

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]

RADIUS_PX = 9.0
"""Farthest nodes, px of the best view."""

OUTER_PX = 7.2
"""Nodes from here on show the background."""

SIGNIFICANT = 3.0
"""Standard deviations by which a node stands out."""

LIGHT_ENOUGH = 0.015
"""Part of a source's light that its surroundings must hold to matter."""


@dataclass(frozen=True)
class Surroundings:
    """Light left about k sources.

    Parameters
    ----------
    node_px : array (m, 2) float64
        (sample, line) from the source, in the best view.
    power, sigma : arrays (k, m) float64
        Power of a point at each node, background of the outer nodes removed, and its
        standard deviation, GW/um; infinite where no frame shows it.
    """

    node_px: Float64
    power: Float64
    sigma: Float64


def look_around(
    frames: BandFrames, centres_km: Float64, jacobian: Float64, optics: BandOptics
) -> Surroundings:
    """Measure the light that is left at nodes about sources.

    Parameters
    ----------
    frames : BandFrames
        With the light of all points taken off.
    centres_km : array (k, 3) float64
    jacobian : array (k, 2, 2) float64
        Derivative of (sample, line) by km (east, north) in the best view.
    optics : BandOptics

    Returns
    -------
    Surroundings
    """
    steps = PITCH_PX * np.arange(-int(RADIUS_PX / PITCH_PX), int(RADIUS_PX / PITCH_PX) + 1)
    nodes = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    nodes = nodes[np.linalg.norm(nodes, axis=-1) <= RADIUS_PX]
    k, m = len(centres_km), len(nodes)
    offsets = np.einsum("kij,mj->kmi", np.linalg.inv(jacobian), nodes).reshape(-1, 2)
    stamps = frames.stamps(moved(np.repeat(centres_km, m, axis=0), offsets), 1)
    image, weight = unit_images(stamps, optics)
    information = np.sum(weight * image**2, axis=(1, 2))
    pull = np.sum(weight * image * stamps.values, axis=(1, 2))
    total = np.bincount(stamps.point, information, minlength=k * m).reshape(k, m)
    power = np.bincount(stamps.point, pull, minlength=k * m).reshape(k, m)
    seen = total > 0
    power = np.where(seen, power / np.where(seen, total, 1.0), np.nan)
    outer = np.where(np.linalg.norm(nodes, axis=-1) >= OUTER_PX, power, np.nan)
    some = np.isfinite(outer).sum(axis=1) >= 8
    level, scatter = np.zeros(k), np.zeros(k)
    level[some] = np.nanmedian(outer[some], axis=1)
    scatter[some] = 1.4826 * np.nanmedian(np.abs(outer[some] - level[some, None]), axis=1)
    noise = np.where(seen, 1.0 / np.sqrt(np.where(seen, total, 1.0)), np.inf)
    sigma = np.where(some[:, None], np.maximum(noise, scatter[:, None]), np.inf)
    return Surroundings(nodes, np.nan_to_num(power - level[:, None]), sigma)


def belonging_nodes(around: Surroundings, source: int, taken_px: Float64, power: float) -> Mask:
    """Nodes that stand out and hang together with a source.

    Parameters
    ----------
    around : Surroundings
    source : int
    taken_px : array (t, 2) float64
        Places of other sources from this one, px of the best view: nodes that are nearer
        to one of them are not its own.
    power : float
        Of the source itself, GW/um.

    Returns
    -------
    array (m,) bool
        None at all where they hold little light.
    """
    nodes, light = around.node_px, around.power[source]
    own = np.linalg.norm(nodes, axis=-1)
    others = np.linalg.norm(nodes[:, None] - taken_px[None], axis=-1).min(axis=1, initial=np.inf)
    bright = (light > SIGNIFICANT * around.sigma[source]) & (own < others)
    joined = own <= 1.5 * PITCH_PX
    close = np.linalg.norm(nodes[:, None] - nodes[None], axis=-1) <= 1.5 * PITCH_PX
    for _ in range(int(2 * RADIUS_PX)):
        grown = joined | (bright & (close & joined[None, :]).any(axis=1))
        if (grown == joined).all():
            break
        joined = grown
    joined &= bright
    if light[joined].sum() < LIGHT_ENOUGH * max(power, 0.0) * node_overlap():
        return np.zeros(len(nodes), dtype=np.bool_)
    return np.asarray(joined, dtype=np.bool_)


def node_overlap() -> float:
    """How often nodes count the same light: area of a point's image over that of a node."""
    return 4.0 * np.pi * 0.5 / PITCH_PX**2
