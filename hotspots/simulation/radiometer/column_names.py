"""Names of all columns of both tables, by the rules that they follow.

Formats ``MWR_IRDR_V05.FMT`` (201 fields) and ``MWR_GRDR_V04.FMT`` (166 fields).
"""

from hotspots.simulation.radiometer.receiver import RECEIVERS

__all__ = ["GEOLOCATION_NAMES", "INSTRUMENT_NAMES", "THERMISTOR_NAMES"]

_ANTENNAS = range(1, 7)
_OUTER_LINE_SENSORS = (3, 3, 3, 4, 3, 3)
_ANTENNA_SENSORS = (4, 3, 3, 3, 2, 1)
_TIMES = ("t_ephem_time", "t_utc_doy")


def _numbered(stem: str, count: int) -> list[str]:
    return [f"{stem}T{i}" for i in range(1, count + 1)]


def _thermistors() -> list[str]:
    """Thermometers of receivers, of lines in and outside of the vault, and of antennas."""
    names: list[str] = []
    for k, line, antenna in zip(_ANTENNAS, _OUTER_LINE_SENSORS, _ANTENNA_SENSORS, strict=True):
        names += _numbered(f"R{k}", 4) + _numbered(f"INT_RFTL{k}", 2)
        names += _numbered(f"RFTL{k}", line) + _numbered(f"A{k}", antenna)
    return names


def _of_receivers(*endings: str) -> list[str]:
    return [receiver + ending for ending in endings for receiver in RECEIVERS]


def _of_antennas(*patterns: str) -> list[str]:
    return [pattern.format(k=k) for k in _ANTENNAS for pattern in patterns]


THERMISTOR_NAMES = tuple(_thermistors())

INSTRUMENT_NAMES = (
    *_TIMES,
    *THERMISTOR_NAMES,
    *_of_receivers("AntCnt", "RefCnt"),
    *_of_receivers("ND1ACnt", "ND2ACnt", "ND3ACnt", "ND1RCnt", "ND2RCnt", "ND3RCnt"),
    *_of_receivers("TA"),
    *_of_receivers("TND1A", "TND2A", "TND3A", "TND1R", "TND2R", "TND3R"),
    *_of_receivers("TOFF"),
)
"""The 201 columns of the instrument's table (IRDR)."""

_FRAMES = ("JDSS", "JMag", "S3RH")

GEOLOCATION_NAMES = (
    *_TIMES,
    *_of_antennas("gal_lon_B{k}", "gal_lat_B{k}", "gal_rot_A{k}"),
    *_of_antennas("J2000_lon_B{k}", "J2000_lat_B{k}", "J2000_rot_A{k}"),
    *_of_antennas("PG_lon_JsB{k}", "PG_lat_JsB{k}"),
    *_of_antennas("PC_lon_JsB{k}", "PC_lat_JsB{k}"),
    *_of_antennas("emssn_angle_JsB{k}", "range_JsB{k}"),
    *_of_antennas("F{k}_dcx_JnJc", "F{k}_dcy_JnJc", "F{k}_dcz_JnJc", "angle_JnJc_B{k}"),
    *(
        name
        for frame in _FRAMES
        for name in _of_antennas(*(f"{frame}_{axis}_B{{k}}" for axis in "xyz"))
    ),
    *("range_JnJc", "gal_ra_JnJc", "gal_dec_JnJc", "PC_lon_JsJnJc", "PC_lat_JsJnJc"),
    *(f"{frame}_{axis}_JcJn" for frame in _FRAMES for axis in "xyz"),
)
"""The 166 columns of the geolocation's table (GRDR)."""
