"""Where the makers of the archive thought that a frame looked, where its label says so.

Labels made by PDS_RDR_v9 (to about orbit 38) carry pointing and the centre of each band;
later ones carry none.  Nothing is computed from these values: they are an independent
check of the geometry of frames whose mirror compensated the spin.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hotspots.archive import quirks
from hotspots.archive.label import parse_label, read_label_text

__all__ = ["BandGeometry", "LabelGeometry", "read_label_geometry"]


@dataclass(frozen=True, kw_only=True)
class BandGeometry:
    """Keywords of the group L_BAND_PARAMETERS or M_BAND_PARAMETERS, at mid exposure.

    Parameters
    ----------
    latitude_deg, longitude_deg : float
        Planetocentric latitude and longitude of the centre.
    incidence_deg, emission_deg : float
        Angles there.
    slant_distance_km : float
        Distance from the spacecraft.
    first_line, first_sample : int
        First detector line and sample of the band, counted from 1, with the exchange of
        the keywords undone.
    """

    latitude_deg: float
    longitude_deg: float
    incidence_deg: float
    emission_deg: float
    slant_distance_km: float
    first_line: int
    first_sample: int


@dataclass(frozen=True, kw_only=True)
class LabelGeometry:
    """Geometry of one label.

    Parameters
    ----------
    right_ascension_deg, declination_deg, twist_deg : float
        J2000 direction at mid exposure.
    quaternion : tuple of 4 floats
        The same as w, x, y, z.
    target_km : tuple of 3 floats
        SC_TARGET_POSITION_VECTOR.
    sun_km : tuple of 3 floats or None
        SC_SUN_POSITION_VECTOR, None where it repeats the target's.
    bands : mapping of str to BandGeometry
        Only bands whose centre is on the target.
    """

    right_ascension_deg: float
    declination_deg: float
    twist_deg: float
    quaternion: tuple[float, ...]
    target_km: tuple[float, ...]
    sun_km: tuple[float, ...] | None
    bands: Mapping[str, BandGeometry]


def read_label_geometry(path: Path) -> LabelGeometry | None:
    """Read the geometry of a PDS3 label.

    Parameters
    ----------
    path : Path
        The ``.LBL`` file.

    Returns
    -------
    LabelGeometry or None
        None for the labels that carry none, or only part of it.

    Raises
    ------
    LabelError
        If the label cannot be read.
    """
    label = parse_label(read_label_text(path), path)
    angles = [_number(label.get(name)) for name in _ANGLES]
    quaternion = _numbers(label.get("QUATERNION"))
    target = _numbers(label.get("SC_TARGET_POSITION_VECTOR"))
    sun = _numbers(label.get("SC_SUN_POSITION_VECTOR"))
    if None in angles or len(quaternion) != 4 or len(target) != 3 or len(sun) != 3:
        return None
    right_ascension, declination, twist = (angle for angle in angles if angle is not None)
    bands = {band: _band(label.get(f"{band}_BAND_PARAMETERS")) for band in ("L", "M")}
    return LabelGeometry(
        right_ascension_deg=right_ascension,
        declination_deg=declination,
        twist_deg=twist,
        quaternion=quaternion,
        target_km=target,
        sun_km=quirks.spacecraft_sun_vector(sun, target),
        bands={band: geometry for band, geometry in bands.items() if geometry is not None},
    )


_ANGLES = ("RIGHT_ASCENSION", "DECLINATION", "TWIST_ANGLE")
_BAND_KEYWORDS = (
    "CENTER_LATITUDE",
    "CENTER_LONGITUDE",
    "INCIDENCE_ANGLE",
    "EMISSION_ANGLE",
    "SLANT_DISTANCE",
    "LINE_FIRST_PIXEL",
    "SAMPLE_FIRST_PIXEL",
)


def _band(group: object) -> BandGeometry | None:
    if not isinstance(group, Mapping):
        return None
    values = _numbers([group.get(keyword) for keyword in _BAND_KEYWORDS])
    if len(values) != len(_BAND_KEYWORDS):
        return None
    line, sample = quirks.first_pixel_of_band(int(values[5]), int(values[6]))
    return BandGeometry(
        latitude_deg=values[0],
        longitude_deg=values[1],
        incidence_deg=values[2],
        emission_deg=values[3],
        slant_distance_km=values[4],
        first_line=line,
        first_sample=sample,
    )


def _number(value: Any) -> float | None:
    if isinstance(value, Mapping):
        value = value.get("value")
    return float(value) if isinstance(value, (int, float)) else None


def _numbers(values: Any) -> tuple[float, ...]:
    if not isinstance(values, (list, tuple)):
        return ()
    return tuple(number for value in values if (number := _number(value)) is not None)
