"""Numbers of the camera."""

from dataclasses import dataclass, fields

from hotspots.config.checks import require_positive
from hotspots.errors import ConfigurationError

__all__ = ["InstrumentSettings"]


@dataclass(frozen=True)
class InstrumentSettings:
    """Numbers of the infrared camera; the defaults are those of JIRAM.

    Parameters
    ----------
    name : str
        Name of the instrument in file names and provenance.
    ifov_rad : float
        Angle of one pixel, rad (38 um pitch over 159.82033 mm; instrument kernel v02).
    lines : int
        Lines of the half frame of one band (JIRAM archive SIS, table 6).
    responsivity : float
        DN per (W m-2 sr-1 s), both bands: band radiance = DN / (responsivity * exposure)
        (measured on public EDR and RDR pairs since perijove 18).
    saturation_dn, linear_dn : float
        Plateau of the converter and end of the linear range, DN above background
        (0.0073 and 0.006 W m-2 sr-1 s in Perry's calibration of the EDRs).
    read_noise_dn : float
        Temporal noise of a pixel in one frame, DN, one standard deviation (differences of
        mean dark frames).
    electrons_per_dn : float
        Gain, electrons per DN (full well of 2e6 electrons at 14,600 DN).
    hot_pixel_dn : float
        A dark frame above this marks a defective pixel, DN.
    optics_sigma_px : float
        Standard deviation of the optical point spread function, px.  None is published;
        0.6 is what bright isolated hot spots of simulated visits show.
    smear_px_per_s : float
        Speed of the scene along the lines while no mirror holds it, px/s (0.86 to 0.88 px
        per ms at spin periods of 30.3 to 31 s).

    Raises
    ------
    ConfigurationError
        If a number is not positive or the linear range ends above the plateau.
    """

    name: str = "jiram"
    ifov_rad: float = 0.000237767
    lines: int = 128
    responsivity: float = 2.0e6
    saturation_dn: float = 14600.0
    linear_dn: float = 12000.0
    read_noise_dn: float = 17.5
    electrons_per_dn: float = 137.0
    hot_pixel_dn: float = 6000.0
    optics_sigma_px: float = 0.6
    smear_px_per_s: float = 870.0

    def __post_init__(self) -> None:
        require_positive(self, *(f.name for f in fields(self) if f.name != "name"))
        if self.linear_dn > self.saturation_dn:
            msg = f"linear_dn={self.linear_dn:g} is above saturation_dn={self.saturation_dn:g}"
            raise ConfigurationError(msg)
