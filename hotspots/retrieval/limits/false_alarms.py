"""How often the detector reports something where there is nothing."""

import math
from dataclasses import dataclass

from scipy.stats import chi2

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.grid import Grid

__all__ = ["FalseAlarms", "discs_of"]


@dataclass(frozen=True)
class FalseAlarms:
    """Reports on data without sources.

    Parameters
    ----------
    reports : int
    discs : float
        Area that was searched, in whole discs of Io at the resolution of the maps.
    """

    reports: int
    discs: float

    def plus(self, other: "FalseAlarms") -> "FalseAlarms":
        """Both together."""
        return FalseAlarms(self.reports + other.reports, self.discs + other.discs)

    def per_disc(self) -> tuple[float, float, float] | None:
        """Expected number on a disc and the ends of its 95 % interval.

        The interval is Garwood's for a Poisson count (1936, doi:10.1093/biomet/28.3-4.437).
        None where nothing was searched.
        """
        if not self.discs > 0:
            return None
        low = chi2.ppf(0.025, 2 * self.reports) / 2 if self.reports else 0.0
        high = chi2.ppf(0.975, 2 * self.reports + 2) / 2
        return self.reports / self.discs, float(low) / self.discs, float(high) / self.discs


def discs_of(searched_cells: int, grid: Grid) -> float:
    """Area of cells of a view grid in discs of Io."""
    return searched_cells * grid.cell_km**2 / (math.pi * IO_MEAN_RADIUS_KM**2)
