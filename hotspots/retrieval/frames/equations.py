r"""From stamps to one set of equations: every sample once, every background gone.

Stamps of neighbours overlap; a sample is one equation all the same, in which every point
that reaches it has its columns.  It belongs to the source that is nearest, whose frame
has a plane of background of its own.  Those planes are eliminated one by one (Schur
complement), so the equations that are left have the size of the sources.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from hotspots.retrieval.frames.model import LOCAL_PARAMETERS, StampModel
from hotspots.retrieval.frames.stamps import FrameStamps

__all__ = ["BandEquations", "NormalSums"]

Float64 = NDArray[np.float64]
Int64 = NDArray[np.int64]
Mask = NDArray[np.bool_]

SLOPE_SIGMA = 10.0
"""Width of the prior of a background's slope, noises of a sample from the middle of a stamp
to its rim: only there to keep backgrounds of few samples solvable."""

LEVEL_SIGMA = 300.0
"""The same for its level."""


CORE_REACH_PX = 3.5
"""Points of extended sources act on samples within this distance only: their wings are a
hundredth of the light, and there are many of them."""


@dataclass(frozen=True)
class NormalSums:
    """Information on the local parameters of all stamps, backgrounds eliminated.

    Parameters
    ----------
    matrix : sparse array (7 s, 7 s)
    right : array (7 s,) float64
        Information times the misfit.
    background : array (m,) float64
        Fitted background of every equation.
    """

    matrix: sparse.csr_array
    right: Float64
    background: Float64


@dataclass(frozen=True)
class BandEquations:
    """Samples of one band as m equations, fed by the samples of the stamps.

    Parameters
    ----------
    stamp, row, column : arrays (k,) int64
        Usable samples of all stamps.
    equation : array (k,) int64
        Equation that each of them stands in.
    group : array (m,) int64
        Background that each equation has, numbered from 0.
    basis : array (m, 3) float64
        One, and the offsets from the background's middle along samples and lines in half
        windows.
    values, sigma : arrays (m,) float64
    limit : array (m,) bool
    distance_px : array (m,) float64
        From the nearest point.
    source : array (m,) int64
        Source of the nearest point.
    trusted : array (m,) bool
        Samples of sources that are made of several points: what misses the model there is
        the model's fault.
    pixel : array (m,) int64
        Flat place in the stack of frames.
    points_alone : array (s,) bool
        Stamps whose point has no freedom but its power: one of an extended source.
    near : array (k,) bool
        Samples of stamps within reach of the core of the point spread function.
    """

    stamp: Int64
    row: Int64
    column: Int64
    equation: Int64
    group: Int64
    basis: Float64
    values: Float64
    sigma: Float64
    limit: Mask
    distance_px: Float64
    source: Int64
    trusted: Mask
    pixel: Int64
    points_alone: Mask
    near: Mask

    @property
    def n_groups(self) -> int:
        """Number of backgrounds."""
        return int(self.group.max(initial=-1)) + 1

    @classmethod
    def of(cls, stamps: FrameStamps, source_of_point: Int64, shape: tuple[int, int]) -> Self:
        """Sort the samples of stamps into equations.

        Parameters
        ----------
        stamps : FrameStamps
        source_of_point : array (p,) int64
        shape : tuple of int
            Lines and samples of a frame.
        """
        stamp, row, column = np.nonzero(stamps.usable)
        line = stamps.first_line[stamp] + row
        sample = stamps.first_sample[stamp] + column
        pixel = (stamps.frame[stamp] * shape[0] + line) * shape[1] + sample
        far_sample = np.abs(stamps.offset_sample[stamp, column])
        far_line = np.abs(stamps.offset_line[stamp, row]) - 0.5 * stamps.smear_px[stamp]
        apart = np.hypot(stamps.offset_sample[stamp, column], stamps.offset_line[stamp, row])
        order = np.lexsort((apart, pixel))
        found, first, equation = np.unique(pixel[order], return_index=True, return_inverse=True)
        back = np.empty_like(order)
        back[order] = np.arange(len(order))
        nearest = order[first]
        owner = stamp[nearest]
        source = source_of_point[stamps.point[owner]]
        _, group = np.unique(
            stamps.frame[owner] * (source.max(initial=0) + 1) + source, return_inverse=True
        )
        extended = np.bincount(source_of_point) > 1
        half = 0.5 * stamps.values.shape[2]
        size = np.bincount(group)
        basis = [np.ones(len(nearest))]
        for place in (sample[nearest], line[nearest]):
            middle = np.bincount(group, place) / size
            basis.append((place - middle[group]) / half)
        where = (stamp[nearest], row[nearest], column[nearest])
        return cls(
            stamp=stamp,
            row=row,
            column=column,
            equation=equation[back],
            group=group.astype(np.int64),
            basis=np.stack(basis, axis=-1),
            values=stamps.values[where],
            sigma=stamps.sigma[where],
            limit=stamps.limit[where],
            distance_px=apart[nearest],
            source=source,
            trusted=extended[source],
            pixel=found,
            points_alone=extended[source_of_point[stamps.point]],
            near=np.maximum(far_sample, far_line) < CORE_REACH_PX,
        )

    def light(self, model: StampModel, light: Float64) -> Float64:
        """Light of all points in every equation, (m,), for points of ``light`` (s,)."""
        part = model.image[self.stamp, self.row, self.column] * light[self.stamp]
        return np.asarray(
            np.bincount(self.equation, weights=part, minlength=len(self.values)), dtype=np.float64
        )

    def normal(
        self, model: StampModel, light: Float64, misfit: Float64, weight: Float64
    ) -> NormalSums:
        """Sums of the linearised equations.

        Parameters
        ----------
        model : StampModel
        light : array (s,) float64
            Light of every stamp's point: its slopes are scaled by it.
        misfit : array (m,) float64
            Values less the light of all points.
        weight : array (m,) float64

        Returns
        -------
        NormalSums
        """
        root = np.sqrt(weight)
        several = ~self.points_alone[self.stamp]
        kept = several | self.near
        stamp, equation, several = self.stamp[kept], self.equation[kept], several[kept]
        where = (stamp, self.row[kept], self.column[kept])
        some = (model.row[stamp[several]], *(index[several] for index in where[1:]))
        entries = np.concatenate(
            [
                model.image[where],
                (model.slopes[:, some[0], some[1], some[2]] * light[stamp[several]]).ravel(),
            ]
        )
        slopes = LOCAL_PARAMETERS - 1
        rows = np.concatenate([equation, np.tile(equation[several], slopes)])
        columns = LOCAL_PARAMETERS * np.concatenate([stamp, np.tile(stamp[several], slopes)])
        columns[len(stamp) :] += np.repeat(np.arange(1, slopes + 1), several.sum())
        design = sparse.csr_array(
            (entries * root[rows], (rows, columns)),
            shape=(len(self.values), len(self.points_alone) * LOCAL_PARAMETERS),
        )
        n_groups = self.n_groups
        planes = sparse.csr_array(
            (
                (self.basis * root[:, None]).ravel(),
                (
                    np.repeat(np.arange(len(self.values)), 3),
                    (self.group[:, None] * 3 + np.arange(3)).ravel(),
                ),
            ),
            shape=(len(self.values), n_groups * 3),
        )
        products = self.basis[:, :, None] * self.basis[:, None, :] * weight[:, None, None]
        blocks = np.zeros((n_groups, 3, 3))
        np.add.at(blocks, self.group, products)
        noise = np.maximum(np.bincount(self.group, self.sigma) / np.bincount(self.group), 1e-30)
        ridge = np.array([LEVEL_SIGMA, SLOPE_SIGMA, SLOPE_SIGMA]) ** -2.0
        blocks += np.eye(3) * ridge / noise[:, None, None] ** 2
        block = np.arange(n_groups + 1)
        inverse = sparse.bsr_array(
            (np.linalg.inv(blocks), block[:-1], block), shape=(3 * n_groups, 3 * n_groups)
        ).tocsr()
        cross = sparse.csr_array(planes.T @ design)
        target = root * misfit
        gain = sparse.csr_array(inverse @ cross)
        seen = planes.T @ target
        matrix = sparse.csr_array(design.T @ design) - sparse.csr_array(cross.T @ gain)
        right = design.T @ target - gain.T @ seen
        level = np.asarray(inverse @ seen).reshape(-1, 3)
        return NormalSums(
            sparse.csr_array(matrix), right, np.sum(self.basis * level[self.group], axis=-1)
        )
