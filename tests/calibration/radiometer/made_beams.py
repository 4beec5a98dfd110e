"""Beams of a spacecraft that turns about +Z of Io's axes, Io and Jupiter in its plane."""

import numpy as np

from hotspots.geometry.beams.beams import Beams

TURN_S = 30.0


def made_beams(n, *, distance_km=20000.0, spacing_s=0.12, phase_deg=0.0):
    """Io towards +X, Jupiter towards -X at 420 000 km; +X of the spacecraft starts at phase."""
    et = 7e8 + spacing_s * np.arange(n)
    azimuth = np.radians(phase_deg + 360.0 / TURN_S * (et - et[0]))[:, None]
    azimuth = azimuth + np.radians([60.0] + 5 * [-60.0])
    zero, one = np.zeros_like(azimuth), np.ones_like(azimuth)
    z = np.stack([np.cos(azimuth), np.sin(azimuth), zero], -1)
    y = np.stack([zero, zero, one], -1)
    # the Beams of a visit far from the shade: +Y is the spin axis, X = Y x Z
    axes = np.stack([np.cross(y, z), y, z], axis=-2)
    return Beams(
        et,
        axes,
        np.tile([-distance_km, 0.0, 0.0], (n, 1)),
        np.tile([-420000.0, 0.0, 0.0], (n, 1)),
        *[np.tile(np.eye(3), (n, 1, 1))] * (len(Beams.__dataclass_fields__) - 4),
    )
