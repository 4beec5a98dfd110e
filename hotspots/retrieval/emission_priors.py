"""What is published of the temperatures and areas of Io's volcanoes, as prior distributions.

Two powers cannot fix the four numbers of two temperatures.  What they leave open is filled
with what others have published, and with nothing that was learned from simulated visits:

- colour temperatures of hot spots in these two bands: 343, 539 and 993 K are the 5, 50 and
  95 % points of Mura et al. 2024 (doi:10.3389/fspas.2024.1369472); 292, 445 and 566 K those
  of the entries from the same camera in Davies et al. 2024 (doi:10.3847/PSJ/ad4346), where
  227 K is the median effective temperature of all 343 volcanoes;
- small hot areas amid warm ones under single fits of 400 to 600 K: Galileo's near-infrared
  spectrometer (Lopes et al. 2001, doi:10.1029/2000JE001463); fresh lava at up to 1,000 to
  1,900 K in outbursts;
- lava lakes: crust of about 230 K, rings of 505 to 1,005 K some tens of metres wide and
  often broken, lakes 10 to 100 km across (Mura et al. 2024,
  doi:10.1038/s43247-024-01486-5); at least 40 (arXiv:2410.10688) of the 266 hot spots that
  this camera has seen (Davies et al. 2024, doi:10.1038/s41550-023-02123-5) are lakes, and at
  most the 135 that lie on a mapped floor of a patera (USGS SIM 3168): 0.15 to 0.51, in the
  geometric middle 0.28;
- spectral powers in M of the hot spots that this camera has seen: 0.053, 0.98 and 16 GW/um
  are the 5, 50 and 95 % points (the same; largest unsaturated ones).
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

from hotspots.errors import RetrievalError

__all__ = ["EmissionPriors", "LogNormal"]

_DEVIATIONS_90 = 1.644854
"""Standard deviations of a normal distribution at its 5 and 95 % points."""


@dataclass(frozen=True)
class LogNormal:
    """Distribution of a positive quantity whose logarithm is normal.

    Parameters
    ----------
    low, high : float
        Its 5 and 95 % points.

    Raises
    ------
    RetrievalError
        If they are not positive and ascending.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0 < self.low < self.high:
            msg = f"a distribution between {self.low} and {self.high}: wanted 0 < low < high"
            raise RetrievalError(msg)

    @property
    def middle(self) -> float:
        """Mean of the logarithm."""
        return 0.5 * math.log(self.low * self.high)

    @property
    def width(self) -> float:
        """Standard deviation of the logarithm."""
        return 0.5 * math.log(self.high / self.low) / _DEVIATIONS_90

    def nodes(self, count: int) -> list[float]:
        """Values at the middles of ``count`` equally probable parts, ascending."""
        normal = NormalDist(self.middle, self.width)
        return [math.exp(normal.inv_cdf((i + 0.5) / count)) for i in range(count)]


@dataclass(frozen=True)
class EmissionPriors:
    """Prior distributions of the models of emission; sources at the head of the module.

    Parameters
    ----------
    temperature_k : LogNormal
        Of a source with one: the range of both tables of colour temperatures.
    warm_k, hot_k : LogNormal
        Of a source with two.
    hot_share_of_area : LogNormal
        Hot over warm area.
    crust_k, ring_k : LogNormal
        Of a lava lake.
    ring_width_km : LogNormal
        Area of exposed lava over the circumference of the lake: broken rings count less.
    lake_diameter_km : LogNormal
        Where no diameter is measured.
    m_power_gw_um : LogNormal
        Of a source that is no lake and has been found.
    lake_share : float
        Of all hot spots.
    two_temperature_share : float
        Of the hot spots that are no lakes.  Nothing is published on how often one
        temperature is enough for two bands, so neither is preferred.

    Raises
    ------
    RetrievalError
        If a share is not between 0 and 1.
    """

    temperature_k: LogNormal = LogNormal(292.0, 993.0)
    warm_k: LogNormal = LogNormal(227.0, 566.0)
    hot_k: LogNormal = LogNormal(566.0, 1500.0)
    hot_share_of_area: LogNormal = LogNormal(1e-3, 1e-1)
    crust_k: LogNormal = LogNormal(210.0, 250.0)
    ring_k: LogNormal = LogNormal(505.0, 1005.0)
    ring_width_km: LogNormal = LogNormal(0.001, 0.1)
    lake_diameter_km: LogNormal = LogNormal(10.0, 100.0)
    m_power_gw_um: LogNormal = LogNormal(0.053, 16.0)
    lake_share: float = 0.28
    two_temperature_share: float = 0.5

    def __post_init__(self) -> None:
        shares = (self.lake_share, self.two_temperature_share)
        if not all(0 < share < 1 for share in shares):
            msg = f"shares {shares}: wanted them within 0..1"
            raise RetrievalError(msg)
