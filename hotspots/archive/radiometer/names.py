"""`RadiometerName`: what the name of a file of the radiometer says.

``MWR57RI2023364080000_R06005_V04.CSV`` is version 4 of the instrument data (``RI``; ``RG``
is geolocation) of orbit 57 that start on day 364 of 2023, 8 h.  The number after ``R``
counts the records of *this* file: it may differ between the two files of one hour, so
nothing is matched by it.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

__all__ = ["RadiometerKind", "RadiometerName", "parse_radiometer_name"]

_PATTERN = re.compile(
    r"MWR(?P<orbit>\d{2})(?P<kind>RI|RG|DR)(?P<time>\d{13})_R(?P<records>\d{5})_V(?P<version>\d{2})",
    re.IGNORECASE,
)


class RadiometerKind(StrEnum):
    """What a file holds; the values are the letters in its name."""

    INSTRUMENT = "RI"
    """Counts, temperatures, calibrated antenna temperature (IRDR)."""
    GEOLOCATION = "RG"
    """Where the antennas looked (GRDR)."""
    RAW = "DR"
    """Telemetry (EDR); not used, the archive advises against it."""


@dataclass(frozen=True)
class RadiometerName:
    """The parts of one file name.

    Parameters
    ----------
    product_id : str
        The whole name without extension, in capitals.
    orbit : int
        Orbit, counted from apojove to apojove.
    kind : RadiometerKind
    start : datetime
        Nominal start, UTC: the hour, not the first row.
    version : int
    """

    product_id: str
    orbit: int
    kind: RadiometerKind
    start: datetime
    version: int


def parse_radiometer_name(name: str) -> RadiometerName | None:
    """Read a file name; None if it is not one of the radiometer's.

    Parameters
    ----------
    name : str
        With or without extension, any case.

    Returns
    -------
    RadiometerName or None
    """
    match = _PATTERN.fullmatch(name.strip().partition(".")[0])
    if match is None:
        return None
    try:
        start = datetime.strptime(match["time"], "%Y%j%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return RadiometerName(
        product_id=match[0].upper(),
        orbit=int(match["orbit"]),
        kind=RadiometerKind(match["kind"].upper()),
        start=start,
        version=int(match["version"]),
    )
