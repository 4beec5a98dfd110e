"""Rows of the radiometer's tables: cells of its maps, odd rows, receivers."""

from dataclasses import dataclass

from hotspots.errors import ProductError

__all__ = ["RadiometerRecord", "ReceiverRecord", "RowCountRecord"]


@dataclass(frozen=True, kw_only=True)
class RadiometerRecord:
    """One cell of the map of one channel, a row of ``radiometer.csv``.

    ``tb_k`` is the brightness temperature that an antenna in the cell's zenith would see,
    ``tb_sigma_k`` one standard deviation of it, against the surface smoothed to
    ``resolution_km``, the full width of the averaging kernel.  ``lava_fraction`` is the
    part of the area that is warm buried lava, at the common resolution of all channels:
    it is the same in the six rows of a cell, and None where no spectrum could be judged.
    """

    lat_deg: float
    lon_east_deg: float
    channel: int
    tb_k: float
    tb_sigma_k: float
    resolution_km: float
    lava_fraction: float | None = None
    lava_fraction_sigma: float | None = None

    def __post_init__(self) -> None:
        if not (self.tb_sigma_k > 0 and self.resolution_km > 0):
            msg = (
                f"channel {self.channel} at {self.lat_deg}, {self.lon_east_deg}: sigma "
                f"{self.tb_sigma_k} K and width {self.resolution_km} km; wanted both above zero"
            )
            raise ProductError(msg)


@dataclass(frozen=True, kw_only=True)
class RowCountRecord:
    """How many rows of a table were odd in one way, a row of ``radiometer_rows.csv``."""

    product_id: str
    reason: str
    rows: int
    treatment: str


@dataclass(frozen=True, kw_only=True)
class ReceiverRecord:
    """Calibration of one receiver, a row of ``radiometer_receivers.csv``.

    ``relation`` reproduces the archive's antenna temperature within ``relation_rms_k``.
    ``noise_k`` is that of one row, ``scale_sigma`` the relative standard error of the gain,
    ``weight`` the receiver's share in its channel, ``diode*_stray`` how far a noise diode
    strays over time from what the majority says, relative.
    """

    receiver: str
    channel: int
    relation: str | None
    relation_rms_k: float | None
    noise_k: float | None
    scale_sigma: float | None
    weight: float
    diode1_stray: float | None
    diode2_stray: float | None
    diode3_stray: float | None
