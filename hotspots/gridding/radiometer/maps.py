"""`RadiometerMaps`: brightness temperature of Io in six channels, and how well it is known.

A map from a radiometer is an estimate: every cell is a weighted mean of the surface
around it (its averaging kernel) plus noise.  So a map carries three numbers a cell: the
temperature, its standard deviation, and the width of what it is the mean of.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.errors import GriddingError
from hotspots.radiometer import CHANNELS

__all__ = ["AveragingKernels", "ChannelChoice", "RadiometerMaps"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True)
class AveragingKernels:
    """Response of one channel's map to the surface, kept as a product of two thin matrices.

    Parameters
    ----------
    estimate : array (c, r) float64
        What each cell's estimate takes from each of r combinations of rows.
    sensitivity : array (r, c) float64
        What each combination sees of each cell.
    """

    estimate: Float64
    sensitivity: Float64

    def row(self, cell: int) -> Float64:
        """Averaging kernel (c,) of one cell: d estimate / d truth of every cell."""
        kernel: Float64 = self.estimate[cell] @ self.sensitivity
        return kernel

    def smooth(self, truth: Float64) -> Float64:
        """What the map of a known ``truth`` (c,) would be, were there neither noise nor prior."""
        smoothed: Float64 = self.estimate @ (self.sensitivity @ truth)
        return smoothed


@dataclass(frozen=True)
class ChannelChoice:
    """What the evidence chose for the map of one channel.

    Parameters
    ----------
    channel : int
        1 to 6.
    prior_sigma_k : float
        Standard deviation of the surface about its mean, before the data, K.
    correlation_km : float
        Distance over which the surface resembles itself, km.
    permittivity : float
        The most probable relative permittivity; it ties oblique to nadir emission.
    model_fraction : float
        Error of the forward operator, as a fraction of Io's part of a row.
    background_factor : float
        By what the background's errors are larger than the rows off Io say.
    regional_sigma_k : float
        Standard deviation of contrasts between regions, before the data, K.
    log_evidence : float
        Natural logarithm of the marginal likelihood of this choice.
    rows : int
        Rows that see Io and were used.
    """

    channel: int
    prior_sigma_k: float
    correlation_km: float
    permittivity: float
    model_fraction: float
    background_factor: float
    regional_sigma_k: float
    log_evidence: float
    rows: int


@dataclass(frozen=True)
class RadiometerMaps:
    """Maps of six channels on one set of equal-area cells.

    Parameters
    ----------
    latitude_deg, longitude_east_deg : arrays (c,) float64
        Centres of the cells, planetocentric, degrees.
    tb_k : array (c, 6) float64
        Brightness temperature that an antenna in the zenith of the cell would see, K;
        NaN where the rows say nothing about the cell.
    tb_sigma_k : array (c, 6) float64
        One standard deviation of ``tb_k`` against the surface smoothed to
        ``resolution_km``, K; the error of the channel's gain is in it.
    resolution_km : array (c, 6) float64
        Full width at half maximum of the averaging kernel, km.
    scale_fraction : float
        Common error of a whole channel (its gain) that is part of ``tb_sigma_k``.
    model_k : array (n, 6) float64
        Antenna temperature of every row of the swath by the fitted model, K.
    background_k : array (n, 6) float64
        Part of ``model_k`` that is not Io's: sky, Jupiter, its radiation belts, offset.
    kernels : tuple of AveragingKernels or None, length 6
        None for a channel without a map.
    choices : tuple of ChannelChoice or None, length 6
    rsir_k : array (c, 6) float64
        The same by another method (`hotspots.gridding.radiometer.rsir`), K, as a cross-check;
        it has no sigma and its own sharpness.
    notes : tuple of str
        What a reader must know: channels without a map, ways that disagreed.

    Raises
    ------
    GriddingError
        If shapes contradict each other, or a temperature stands without a sigma or width.
    """

    latitude_deg: Float64
    longitude_east_deg: Float64
    tb_k: Float64
    tb_sigma_k: Float64
    resolution_km: Float64
    scale_fraction: float
    model_k: Float64
    background_k: Float64
    kernels: tuple[AveragingKernels | None, ...]
    choices: tuple[ChannelChoice | None, ...]
    rsir_k: Float64
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shape = (len(self.latitude_deg), len(CHANNELS))
        for name in ("tb_k", "tb_sigma_k", "resolution_km", "rsir_k"):
            found = getattr(self, name).shape
            if found != shape:
                msg = f"maps of the radiometer: {name} has shape {found}, wanted {shape}"
                raise GriddingError(msg)
        if self.model_k.shape != self.background_k.shape:
            msg = f"model {self.model_k.shape} and background {self.background_k.shape} differ"
            raise GriddingError(msg)
        known = np.isfinite(self.tb_k)
        for name in ("tb_sigma_k", "resolution_km"):
            if np.any(known & ~(getattr(self, name) > 0)):
                msg = f"maps of the radiometer: a cell has a temperature but no {name}"
                raise GriddingError(msg)
