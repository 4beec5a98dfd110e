"""From samples to cells: exact footprint drizzle on one grid, on the CPU or the GPU.

`drizzle` lays every sample's true outline on the grid and shares its radiance by
overlap area, so the power of a source survives at every ratio of sample to cell.
"""

from hotspots.gridding.drizzle import DrizzleSums, drizzle
from hotspots.gridding.locate import cell_surface, project
from hotspots.gridding.view_grid import frame_views, group_frames, view_grid

__all__ = [
    "DrizzleSums",
    "cell_surface",
    "drizzle",
    "frame_views",
    "group_frames",
    "project",
    "view_grid",
]
