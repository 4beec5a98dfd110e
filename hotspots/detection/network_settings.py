"""Settings of the network detector."""

from dataclasses import dataclass
from pathlib import Path

from hotspots.config.checks import require_positive, require_within
from hotspots.detection.matched_filter_settings import MatchedFilterSettings

__all__ = ["NetworkSettings"]


@dataclass(frozen=True)
class NetworkSettings:
    """Settings of the network detector.

    Parameters
    ----------
    model : str
        Name of a released model, or the path of a model folder.
    least_probability : float
        Probability of any source that a region needs.
    least_snr : float
        Matched-filter signal over noise from which a peak is shown to the network.
    trusted_fraction : float
        A peak beside a source must exceed this part of the source's light to be shown.
    tile_cells : int
        Maps are judged in overlapping tiles of this side, cells.
    symmetries : bool
        Judge a map in all eight turns and mirrors, and take the mean.

    Raises
    ------
    ConfigurationError
        If a value is outside its range.
    """

    model: str = "io-hotspots"
    least_probability: float = 0.5
    least_snr: float = 3.2
    trusted_fraction: float = 0.04
    tile_cells: int = 512
    symmetries: bool = False

    def __post_init__(self) -> None:
        require_within(self, 0.0, 1.0, "least_probability")
        require_within(self, 2.0, 20.0, "least_snr")
        require_positive(self, "trusted_fraction")
        require_within(self, 64, 8192, "tile_cells")

    def search(self) -> MatchedFilterSettings:
        """Settings of the search for candidates."""
        return MatchedFilterSettings(
            trusted_fraction=self.trusted_fraction, saturated_fraction=5 * self.trusted_fraction
        )

    def is_folder(self) -> bool:
        """Whether ``model`` names a folder rather than a released model."""
        return Path(self.model).is_dir()
