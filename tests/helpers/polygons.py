"""Slow, plain oracles in float64: where corners fall, and how polygons overlap cells."""

import numpy as np

from hotspots.grid import Projection


def surface_along(position_km, directions, radii_km):
    """First hit of rays with the ellipsoid by the textbook quadratic; NaN for a miss."""
    radii = np.asarray(radii_km)
    p, d = np.asarray(position_km) / radii, directions / radii
    a, b, c = np.sum(d * d, -1), np.sum(p * d, -1), np.sum(p * p) - 1
    discriminant = b * b - a * c
    with np.errstate(invalid="ignore"):
        t = (-b - np.sqrt(discriminant)) / a
    return np.asarray(position_km) + np.where(discriminant >= 0, t, np.nan)[..., None] * directions


def corner_cells(position_km, rotation, shape, ifov_rad, grid):
    """Columns and rows (lines + 1, samples + 1) of the corners of a frame on a view grid."""
    assert grid.projection is Projection.VIEW
    lines, samples = shape
    x = np.arange(samples + 1) - 0.5 - (samples - 1) / 2
    y = np.arange(lines + 1) - 0.5 - (lines - 1) / 2
    directions = (
        rotation[:, 2]
        + ifov_rad * x[None, :, None] * rotation[:, 0]
        + ifov_rad * y[:, None, None] * rotation[:, 1]
    )
    surface = surface_along(position_km, directions, grid.radii_km)
    right, up, _ = grid.basis()
    column = (surface @ np.asarray(right) - grid.x_min_km) / grid.cell_km
    row = (grid.y_max_km - surface @ np.asarray(up)) / grid.cell_km
    return column, row


def area(polygon):
    """Area of a polygon [(x, y), ...] by the shoelace formula."""
    x, y = np.asarray(polygon, dtype=float).T
    return 0.5 * abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def clip(polygon, axis, bound, keep_above):
    """Part of a polygon on one side of a vertical or horizontal line."""
    result = []
    for start, end in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        a, b = start[axis] - bound, end[axis] - bound
        if not keep_above:
            a, b = -a, -b
        if a >= 0:
            result.append(start)
        if (a > 0 > b) or (a < 0 < b):
            part = a / (a - b)
            result.append(tuple(s + part * (e - s) for s, e in zip(start, end, strict=True)))
    return result


def cell_overlaps(polygon, shape):
    """Overlap of a polygon with every cell of a grid of ``shape``, in cells."""
    overlaps = np.zeros(shape)
    xs, ys = [p[0] for p in polygon], [p[1] for p in polygon]
    for row in range(max(0, int(min(ys))), min(shape[0], int(max(ys)) + 1)):
        for column in range(max(0, int(min(xs))), min(shape[1], int(max(xs)) + 1)):
            part = polygon
            for axis, bound in ((0, column), (1, row)):
                part = clip(part, axis, bound, keep_above=True) if part else part
                part = clip(part, axis, bound + 1, keep_above=False) if part else part
            if len(part) > 2:
                overlaps[row, column] = area(part)
    return overlaps
