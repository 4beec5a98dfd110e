r"""Point, disc or annulus: `Shape`, and `weigh_shapes` which compares them by evidence.

The three have equal prior probability; the diameter of a disc or annulus is flat in its
logarithm over the published sizes of paterae.  Each evidence is the mean over that prior,
and a disc much smaller than the point spread function explains a picture as well as a point
does.  A source is therefore called resolved only where a point is *refuted*; the probability
of a point is never much above the part of the prior that the scale cannot resolve.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp, ndtr

from hotspots.errors import RetrievalError
from hotspots.retrieval.shape_evidence import Window, pattern_evidence
from hotspots.retrieval.shape_models import Patterns

__all__ = ["Kind", "Shape", "weigh_shapes", "with_shape"]

Float64 = NDArray[np.float64]
Kind = Literal["point", "disc", "annulus"]
KINDS: tuple[Kind, ...] = ("point", "disc", "annulus")

DIAMETERS_KM = (2.0, 200.0)
"""Published paterae are 2 to 200 km across (Radebaugh et al. 2001,
doi:10.1029/2000JE001406: mean 41 km, largest Loki 203 km)."""

STEP = 1.15
"""Ratio of neighbouring diameters tried: finer than any error of one."""

SAME_AS_POINT = 1.0
"""Diameter, in widths of the point spread function, up to which a disc is a point: it widens
a picture by a thirtieth, a third of what is unknown of the width."""

ANNULI = ((0.7, 0.0), (0.95, 0.0), (0.95, 0.05))
"""Floor over outer diameter, and floor over ring brightness, of the annuli tried: a broad
ring, the narrow hot rim of a lake whose crust is too cold to be seen (Mura et al. 2024,
doi:10.1038/s43247-024-01486-5), and one whose crust gives a third of the light."""

REFUTED = 0.05
"""Probability of a point below which a source is resolved: odds of 20 are "strong" evidence
(Kass & Raftery 1995, doi:10.1080/01621459.1995.10476572)."""

UNROUND = 0.15
"""Standard deviation of the logarithm of the diameter that the outline adds: paterae are
not round, and the circle that fits the light best is not the one of the same area."""

LAKE_KM = 10.0
"""Lava lakes are 10 to 100 km across (Mura et al. 2024), a flow's bright part is less."""

STRONGEST = 10.0
"""Largest factor by which a shape changes the odds of a lake, and its inverse the smallest:
an extended picture may also be a flow or a few vents, which no disc or ring stands for."""

QUANTILES = (0.16, 0.5, 0.84, 0.95)


@dataclass(frozen=True)
class Shape:
    """What a picture says about the shape of a source.

    Parameters
    ----------
    kind : str
        ``"point"``, ``"disc"`` or ``"annulus"``; a point is one that is not resolved.
    p_point, p_disc, p_annulus : float
        Probabilities, sum 1.
    diameter_km : float or None
        Median of the outer diameter on the ground; None for a point.
    lo_km : float or None
        Lower end of its 68 % interval; None for a point.
    hi_km : float
        Upper end; for a point, with 95 % probability it is smaller than this.
    lake_factor : float
        Odds that it is wider than `LAKE_KM`, over what they were before looking: times this
        are the odds that it is a lava lake, 0.1 to 10.

    Raises
    ------
    RetrievalError
        If the probabilities do not sum to one, or the diameters are out of order.
    """

    kind: Kind
    p_point: float
    p_disc: float
    p_annulus: float
    diameter_km: float | None
    lo_km: float | None
    hi_km: float
    lake_factor: float = 1.0

    def __post_init__(self) -> None:
        total = self.p_point + self.p_disc + self.p_annulus
        if not abs(total - 1.0) < 1e-6:
            msg = f"probabilities of point, disc and annulus sum to {total}; wanted 1"
            raise RetrievalError(msg)
        ends = [end for end in (self.lo_km, self.diameter_km, self.hi_km) if end is not None]
        if ends != sorted(ends):
            msg = f"diameters {ends} km: wanted lower end <= median <= upper end"
            raise RetrievalError(msg)


def with_shape(p_hotspot: float, p_lava_lake: float, shape: Shape | None) -> tuple[float, float]:
    """Probabilities of a hot spot and of a lava lake by the detector's word and by shape.

    Parameters
    ----------
    p_hotspot, p_lava_lake : float
        The detector's: they exclude each other.
    shape : Shape or None
        None leaves them as they are.

    Returns
    -------
    p_hotspot, p_lava_lake : float
        Of the same sum: a shape does not say whether there is a source.
    """
    if shape is None or p_lava_lake <= 0:
        return p_hotspot, p_lava_lake
    either = p_hotspot + p_lava_lake
    lake = shape.lake_factor * p_lava_lake
    scale = either / (lake + p_hotspot)
    return scale * p_hotspot, scale * lake


def weigh_shapes(window: Window, cell_km: float, largest: float) -> Shape | None:
    """Compare point, disc and annulus on one window.

    Parameters
    ----------
    window : Window
    cell_km : float
        Side of a cell, km.
    largest : float
        Largest diameter that the window holds, cells.

    Returns
    -------
    Shape or None
        None where the window holds no patera of published size, no usable cell, or no
        light.
    """
    first, last = (diameter / cell_km for diameter in DIAMETERS_KM)
    if min(largest, last) < STEP * first or not (window.weight > 0).any():
        return None
    count = int(np.floor(np.log(min(largest, last) / first) / np.log(STEP)) + 1)
    diameter = first * STEP ** np.arange(count)
    wide = diameter > SAME_AS_POINT * window.width
    found = pattern_evidence(window, _patterns(diameter[wide]))
    if not np.isfinite(found[0]):
        return None
    evidence = np.full((1 + len(ANNULI), count), found[0])
    evidence[:, wide] = found[1:].reshape(1 + len(ANNULI), -1)
    # prior of one step of the diameter; what does not fit into the window has no evidence
    prior = np.log(np.log(STEP) / np.log(DIAMETERS_KM[1] / DIAMETERS_KM[0]))
    disc, *annuli = evidence + prior
    ring = logsumexp(annuli, axis=0) - np.log(len(ANNULI))
    weights = np.array([found[0], logsumexp(disc), logsumexp(ring)])
    p_point, p_disc, p_annulus = (float(p) for p in np.exp(weights - logsumexp(weights)))
    both = np.logaddexp(disc, ring)
    lo, middle, hi, limit = _quantiles(np.log(diameter * cell_km), both)
    resolved = p_point < REFUTED
    return Shape(
        kind=("disc" if p_disc >= p_annulus else "annulus") if resolved else "point",
        p_point=p_point,
        p_disc=p_disc,
        p_annulus=p_annulus,
        diameter_km=middle if resolved else None,
        lo_km=lo if resolved else None,
        hi_km=hi if resolved else limit,
        lake_factor=_lake_factor(both[diameter * cell_km > LAKE_KM], weights),
    )


def _patterns(diameter: NDArray[np.floating]) -> Patterns:
    """A point, discs and annuli of all diameters."""
    families = ((0.0, 0.0), *ANNULI)
    zero = np.zeros(1)
    hole, floor = (np.repeat([f[i] for f in families], len(diameter)) for i in range(2))
    return Patterns(
        diameter=np.concatenate([zero, np.tile(diameter, len(families))]),
        hole=np.concatenate([zero, hole]),
        floor=np.concatenate([zero, floor]),
    )


def _lake_factor(wide: Float64, weights: Float64) -> float:
    """Bayes factor of a source as wide as a lake against a narrower one."""
    if not len(wide):
        return 1.0
    share = np.log(DIAMETERS_KM[1] / LAKE_KM) / np.log(DIAMETERS_KM[1] / DIAMETERS_KM[0])
    prior = share * (len(KINDS) - 1) / len(KINDS)
    after = float(np.exp(min(logsumexp(wide) - logsumexp(weights), 0.0)))
    factor = after * (1 - prior) / max((1 - after) * prior, np.finfo(np.float64).tiny)
    return float(np.clip(factor, 1.0 / STRONGEST, STRONGEST))


def _quantiles(log_diameter: Float64, log_weight: Float64) -> tuple[float, ...]:
    """Quantiles of the diameter, each step spread evenly over its width and `UNROUND`."""
    step = log_diameter[1] - log_diameter[0]
    edges = np.arange(log_diameter[0] - 0.5 * step, log_diameter[-1] + 1.0, 0.1 * UNROUND)
    # what a step of the prior holds, blurred by what the outline adds
    ends = log_diameter + 0.5 * step * np.array([[-1.0], [1.0]])
    low, high = (edges[:, None] - end for end in ends)
    weight = np.exp(log_weight - log_weight.max())
    up_to = (_ramp(low) - _ramp(high)) @ weight / (step * weight.sum())
    return tuple(float(np.exp(np.interp(q, up_to, edges))) for q in QUANTILES)


def _ramp(x: Float64) -> Float64:
    """Integral of the normal distribution function of width `UNROUND`."""
    scaled = x / UNROUND
    density = np.exp(-0.5 * scaled**2) / np.sqrt(2 * np.pi)
    return np.asarray(UNROUND * (scaled * ndtr(scaled) + density))
