"""Numbers of the geolocation's table, worked out from the flyby itself.

Units and signs that no public text gives are those of the readers that exist: degrees,
but ``angle_JnJc`` in radians; km; the roll is the position angle of the antenna's +X from
the pole through east; ``JcJn`` is Juno from Jupiter's centre; NaN off Jupiter.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.geometry.state import JUPITER_RADIUS_KM
from hotspots.simulation.radiometer.geometry import RowGeometry
from hotspots.simulation.radiometer.surroundings import GALACTIC

__all__ = ["geolocation_columns"]

Float64 = NDArray[np.float64]

_POLAR_RADIUS_KM = 66854.0
_DIPOLE_TILT_RAD, _DIPOLE_LONGITUDE_RAD = np.radians(9.52), np.radians(360.0 - 200.8)
"""Axis of the magnetic dipole of model VIP4 (Connerney et al. 1998); east longitude."""


def geolocation_columns(rows: RowGeometry) -> dict[str, Float64]:
    """All columns but the times.

    Parameters
    ----------
    rows : RowGeometry

    Returns
    -------
    dict of str to array (n,)
        By name, in no order.
    """
    frames = {
        "JDSS": _sun_frame(rows),
        "JMag": _magnetic() @ rows.to_jupiter,
        "S3RH": rows.to_jupiter,
    }
    juno = rows.juno - rows.jupiter
    distance = np.linalg.norm(juno, axis=1)
    towards = -juno / distance[:, None]
    columns: dict[str, Float64] = {}
    for group, antennas in ((0, (1,)), (1, (2, 3, 4, 5, 6))):
        of_group = _antenna_columns(rows, group, juno, towards, frames)
        for k in antennas:
            columns |= {name.format(k=k): values for name, values in of_group.items()}
    columns["range_JnJc"] = distance
    galactic = towards @ GALACTIC.T
    columns["gal_ra_JnJc"], columns["gal_dec_JnJc"] = _angles(galactic)
    longitude, latitude = _angles(np.einsum("nij,nj->ni", rows.to_jupiter, juno))
    columns["PC_lon_JsJnJc"], columns["PC_lat_JsJnJc"] = longitude, latitude
    for frame, turn in frames.items():
        columns |= _vector(frame + "_{axis}_JcJn", np.einsum("nij,nj->ni", turn, juno))
    return columns


def _antenna_columns(
    rows: RowGeometry, group: int, juno: Float64, towards: Float64, frames: dict[str, Float64]
) -> dict[str, Float64]:
    """Columns of one group of antennas, with ``{k}`` for its number."""
    axes = rows.antennas[:, group]
    boresight, across = axes[:, 2], axes[:, 0]
    columns: dict[str, Float64] = {}
    for name, turn in (("gal", GALACTIC), ("J2000", np.eye(3))):
        longitude, latitude = _angles(boresight @ turn.T)
        columns[name + "_lon_B{k}"], columns[name + "_lat_B{k}"] = longitude, latitude
        columns[name + "_rot_A{k}"] = _position_angle(boresight @ turn.T, across @ turn.T)
    cosines = np.einsum("nij,nj->ni", axes, towards)
    columns |= _vector("F{k}_dc{axis}_JnJc", cosines)
    columns["angle_JnJc_B{k}"] = np.arccos(np.clip(cosines[:, 2], -1.0, 1.0))
    for frame, turn in frames.items():
        columns |= _vector(frame + "_{axis}_B{k}", np.einsum("nij,nj->ni", turn, boresight))
    return columns | _on_jupiter(rows, boresight, juno)


def _on_jupiter(rows: RowGeometry, boresight: Float64, juno: Float64) -> dict[str, Float64]:
    """Where a boresight meets Jupiter, with ``{k}`` for the antenna's number; NaN off Jupiter."""
    axes = np.array([JUPITER_RADIUS_KM, JUPITER_RADIUS_KM, _POLAR_RADIUS_KM])
    place = np.einsum("nij,nj->ni", rows.to_jupiter, juno)
    ray = np.einsum("nij,nj->ni", rows.to_jupiter, boresight)
    p, r = place / axes, ray / axes
    a, b, c = np.sum(r * r, 1), np.sum(p * r, 1), np.sum(p * p, 1) - 1.0
    root = b * b - a * c
    distance = np.where((root >= 0) & (b < 0), (-b - np.sqrt(np.maximum(root, 0.0))) / a, np.nan)
    point = place + distance[:, None] * ray
    normal = point / axes**2
    normal = normal / np.linalg.norm(normal, axis=1, keepdims=True)
    longitude, latitude = _angles(point)
    _, graphic = _angles(normal)
    return {
        "PC_lon_JsB{k}": longitude,
        "PC_lat_JsB{k}": latitude,
        "PG_lon_JsB{k}": (360.0 - longitude) % 360.0,
        "PG_lat_JsB{k}": graphic,
        "emssn_angle_JsB{k}": np.degrees(np.arccos(np.clip(-np.sum(ray * normal, 1), -1.0, 1.0))),
        "range_JsB{k}": distance,
    }


def _angles(vectors: Float64) -> tuple[Float64, Float64]:
    """Longitude 0..360 and latitude, degrees."""
    x, y, z = np.moveaxis(vectors, -1, 0)
    return np.degrees(np.arctan2(y, x)) % 360.0, np.degrees(np.arctan2(z, np.hypot(x, y)))


def _position_angle(boresight: Float64, direction: Float64) -> Float64:
    """Angle of a direction across the boresight, from the pole through east, degrees 0..360."""
    east = np.cross([0.0, 0.0, 1.0], boresight)
    east /= np.linalg.norm(east, axis=1, keepdims=True)
    north = np.cross(boresight, east)
    along, up = np.sum(direction * east, 1), np.sum(direction * north, 1)
    return np.asarray(np.degrees(np.arctan2(along, up)) % 360.0)


def _vector(pattern: str, vectors: Float64) -> dict[str, Float64]:
    return {pattern.replace("{axis}", axis): vectors[:, i] for i, axis in enumerate("xyz")}


def _sun_frame(rows: RowGeometry) -> Float64:
    """From J2000 to the de-spun frame (n, 3, 3): Z is Jupiter's pole, the Sun lies in XZ."""
    pole = rows.to_jupiter[:, 2]
    y = np.cross(pole, rows.sun)
    y = y / np.linalg.norm(y, axis=1, keepdims=True)
    return np.stack([np.cross(y, pole), y, pole], axis=1)


def _magnetic() -> Float64:
    """From System III to axes whose Z is the magnetic dipole (3, 3)."""
    tilt, longitude = _DIPOLE_TILT_RAD, _DIPOLE_LONGITUDE_RAD
    about_z = np.array(
        [
            [np.cos(longitude), np.sin(longitude), 0.0],
            [-np.sin(longitude), np.cos(longitude), 0.0],
            [0.0, 0.0, 1.0],
        ]
    )
    about_y = np.array(
        [[np.cos(tilt), 0.0, -np.sin(tilt)], [0.0, 1.0, 0.0], [np.sin(tilt), 0.0, np.cos(tilt)]]
    )
    return np.asarray(about_y @ about_z)
