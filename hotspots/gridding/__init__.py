"""From samples to cells: exact footprint drizzle on one grid, on the CPU or the GPU.

`drizzle` lays every sample's true outline on the grid and shares its radiance by
overlap area, so the power of a source survives at every ratio of sample to cell.
"""

from hotspots.gridding.locate import cell_surface, project

__all__ = ["cell_surface", "project"]
