"""Names of the columns that are read, of the 201 (instrument) and 166 (geolocation) there are.

Columns are found by name, never by place.  Receivers stand in the archive's order: the
first two channels have two receivers of low and high gain each.  Names: label and format
files ``MWR_IRDR_V05.FMT`` and ``MWR_GRDR_V04.FMT``.
"""

__all__ = [
    "ANTENNA_COUNTS",
    "ANTENNA_TEMPERATURES",
    "BORESIGHTS",
    "CHANNEL_OF_RECEIVER",
    "DIODES",
    "DIODE_COUNTS",
    "DIODE_POSITIONS",
    "DIODE_TEMPERATURES",
    "GEOLOCATION_COLUMNS",
    "INSTRUMENT_COLUMNS",
    "JUNO_POSITIONS",
    "JUPITER_ANGLES",
    "JUPITER_COSINES",
    "JUPITER_INTERCEPTS",
    "LOAD_COUNTS",
    "LOAD_TEMPERATURES",
    "RECEIVERS",
    "SUB_JUNO_POINTS",
    "TIME",
    "UTC",
]

TIME = "t_ephem_time"
UTC = "t_utc_doy"

RECEIVERS = ("R1_1", "R1_2", "R2_1", "R2_2", "R3", "R4", "R5", "R6")
"""``_1`` is low, ``_2`` high gain."""

CHANNEL_OF_RECEIVER = (0, 0, 1, 1, 2, 3, 4, 5)
"""Index of the channel (number less one) that each receiver belongs to."""

DIODES = (1, 2, 3)
DIODE_POSITIONS = ("A", "R")
"""Switch at the antenna, at the internal load (reference)."""

_CHANNELS = range(1, 7)

ANTENNA_COUNTS = tuple(f"{r}AntCnt" for r in RECEIVERS)
"""(8) counts with the switch at the antenna."""
LOAD_COUNTS = tuple(f"{r}RefCnt" for r in RECEIVERS)
"""(8) counts with the switch at the internal load."""
DIODE_COUNTS = tuple(
    f"{r}ND{j}{position}Cnt" for r in RECEIVERS for j in DIODES for position in DIODE_POSITIONS
)
"""(8 x 3 x 2) deflection of counts when a noise diode is lit."""
DIODE_TEMPERATURES = tuple(
    f"{r}TND{j}{position}" for r in RECEIVERS for j in DIODES for position in DIODE_POSITIONS
)
"""(8 x 3 x 2) brightness of the noise diodes, K."""
LOAD_TEMPERATURES = tuple(f"{r}TOFF" for r in RECEIVERS)
"""(8) brightness of the internal load referred to the input, K."""
ANTENNA_TEMPERATURES = tuple(f"{r}TA" for r in RECEIVERS)
"""(8) antenna temperature as the archive calibrated it, K."""

BORESIGHTS = tuple(
    name for k in _CHANNELS for name in (f"J2000_lon_B{k}", f"J2000_lat_B{k}", f"J2000_rot_A{k}")
)
"""(6 x 3) boresight in J2000 and position angle of the antenna's X axis."""
JUPITER_INTERCEPTS = tuple(name for k in _CHANNELS for name in (f"PC_lon_JsB{k}", f"PC_lat_JsB{k}"))
"""(6 x 2) planetocentric place on Jupiter that the boresight meets."""
JUPITER_ANGLES = tuple(f"angle_JnJc_B{k}" for k in _CHANNELS)
"""(6) between boresight and Jupiter's centre."""
JUPITER_COSINES = tuple(f"F{k}_dcz_JnJc" for k in _CHANNELS)
"""(6) cosines of the same angles."""
JUNO_POSITIONS = tuple(f"S3RH_{axis}_JcJn" for axis in "xyz")
"""(3) Juno and Jupiter's centre in System III."""
SUB_JUNO_POINTS = ("PC_lon_JsJnJc", "PC_lat_JsJnJc")
"""(2) point of Jupiter below Juno, planetocentric."""

INSTRUMENT_COLUMNS = (
    *ANTENNA_COUNTS,
    *LOAD_COUNTS,
    *DIODE_COUNTS,
    *DIODE_TEMPERATURES,
    *LOAD_TEMPERATURES,
    *ANTENNA_TEMPERATURES,
)
GEOLOCATION_COLUMNS = (
    *BORESIGHTS,
    *JUPITER_INTERCEPTS,
    *JUPITER_ANGLES,
    *JUPITER_COSINES,
    *JUNO_POSITIONS,
    *SUB_JUNO_POINTS,
)
