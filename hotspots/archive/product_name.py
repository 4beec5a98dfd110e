"""`ProductName`: what the name of a JIRAM file says, and no more than that.

The pattern is table 22 of the JIRAM Data Product and Archive Volume SIS, version 7.5.
The time in a name is *not* the time of observation, see
`hotspots.archive.quirks.observation_time`; it only serves to sort what cannot be read.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

__all__ = ["ProductName", "parse_product_name"]

_PATTERN = re.compile(
    r"JIR_(?P<kind>(?:LOG_)?(?:IMG|SPE))_(?P<level>EDR|RDR)_(?P<time>\d{7}T\d{6})_V(?P<version>\d+)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ProductName:
    """The parts of one file name.

    Parameters
    ----------
    product_id : str
        The whole name without extension, in capitals.
    kind : str
        ``IMG``, ``SPE``, ``LOG_IMG`` or ``LOG_SPE``.
    level : str
        ``EDR`` (raw) or ``RDR`` (calibrated).
    time : datetime
        Time in the name, UTC; seconds after the true start.
    version : int
        Number after the last ``V``.
    """

    product_id: str
    kind: str
    level: str
    time: datetime
    version: int


def parse_product_name(name: str) -> ProductName | None:
    """Read a file name or product identifier; None if it is not a JIRAM data product.

    Parameters
    ----------
    name : str
        Such as ``JIR_IMG_RDR_2017033T114006_V02.LBL``, any case.

    Returns
    -------
    ProductName or None
    """
    match = _PATTERN.fullmatch(name.strip().partition(".")[0])
    if match is None:
        return None
    try:
        time = datetime.strptime(match["time"].upper(), "%Y%jT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return ProductName(
        product_id=match[0].upper(),
        kind=match["kind"].upper(),
        level=match["level"].upper(),
        time=time,
        version=int(match["version"]),
    )
