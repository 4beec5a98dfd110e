"""Settings of the radiometer's maps: cells, patterns, and how well the instrument is known."""

from dataclasses import dataclass
from pathlib import Path

from hotspots.config.checks import require_positive, require_within
from hotspots.errors import ConfigurationError

__all__ = ["RadiometerMapSettings"]


@dataclass(frozen=True)
class RadiometerMapSettings:
    """From antenna temperatures to maps of brightness temperature.

    Parameters
    ----------
    cells_per_side : int
        A power of two: a map has 12 times its square equal-area cells; 16 gives 116 km.
    facet_split : int
        A power of two: facets along the side of a cell over which the beam is summed.
    footprints : float
        Sharpness of the maps in footprints of the beam's full width at half power: 1 is what
        the antenna resolves by itself; sharper is noisier.
    maximum_emission_deg : float
        A cell is mapped if it was in the half-power beam at an emission angle below this.
    permittivities : tuple of floats
        Relative permittivities of the ground to choose from, by evidence; they tie
        oblique to nadir emission.
    scale_fraction : float
        One standard deviation of the gain of a channel, a fraction of Io's temperature.
    width_fraction : float
        The same of the width of the main lobe: published widths differ by this much.
    sidelobe_fraction : float
        Power in far sidelobes, a fraction, spread evenly over the sphere.
    sidelobe_fraction_sigma : float
        One standard deviation of it.
    antenna_folder : path, optional
        Folder with measured patterns ``antenna1.txt`` .. ``antenna6.txt`` in dB; without it
        the shipped fits of the main lobes are used.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    cells_per_side: int = 16
    facet_split: int = 2
    footprints: float = 1.0
    maximum_emission_deg: float = 75.0
    permittivities: tuple[float, ...] = (1.5, 2.0, 2.5, 3.0)
    scale_fraction: float = 0.01
    width_fraction: float = 0.02
    sidelobe_fraction: float = 0.0
    sidelobe_fraction_sigma: float = 0.01
    antenna_folder: Path | None = None

    def __post_init__(self) -> None:
        for name in ("cells_per_side", "facet_split"):
            value = getattr(self, name)
            if value < 1 or value > 64 or value & (value - 1):
                msg = f"{name}={value}: wanted a power of two from 1 to 64"
                raise ConfigurationError(msg)
        require_within(self, 0.5, 5, "footprints")
        require_within(self, 10, 89, "maximum_emission_deg")
        require_positive(self, "scale_fraction", "width_fraction", "sidelobe_fraction_sigma")
        require_within(self, 0, 0.5, "sidelobe_fraction")
        if not self.permittivities or not min(self.permittivities) > 1:
            msg = f"permittivities={self.permittivities}: wanted numbers above 1"
            raise ConfigurationError(msg)
