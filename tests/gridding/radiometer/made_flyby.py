"""A short made-up flyby over Io's north: the antennas turn about an axis across the motion."""

import array_api_strict
import numpy as np

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.geometry.beams.beams import Beams

TURN_S = 30.0


def made_beams(turns=8, rows_per_turn=120, altitude_km=1500.0, speed_km_s=30.0):
    """Beams of all six antennas, looking the same way; Jupiter far to the side."""
    n = turns * rows_per_turn
    et = 7e8 + np.arange(n) * TURN_S / rows_per_turn
    time = et - et.mean()
    juno = np.stack(
        [speed_km_s * time, np.zeros(n), np.full(n, IO_MEAN_RADIUS_KM + altitude_km)], axis=1
    )
    angle = 2.0 * np.pi * time / TURN_S
    zero, one = np.zeros(n), np.ones(n)
    # spin about x, the direction of motion: each turn is a line across the track
    boresight = np.stack([zero, np.sin(angle), -np.cos(angle)], axis=1)
    spin = np.stack([one, zero, zero], axis=1)
    axes = np.stack([np.cross(spin, boresight), spin, boresight], axis=1)
    same = np.tile(np.eye(3), (n, 1, 1))
    jupiter = np.tile([420000.0, 0.0, 0.0], (n, 1)) - juno
    return Beams(et, np.repeat(axes[:, None], 6, axis=1), juno, jupiter, same, same)


def turns_of(beams):
    """Number of each row's turn."""
    return ((beams.et - beams.et[0]) / TURN_S + 1e-9).astype(np.int32)


def strict(array):
    """The array in array-api-strict, on its second device."""
    return array_api_strict.asarray(array, device=array_api_strict.Device("device1"))


def host(array):
    """A strict array as NumPy's."""
    device = array_api_strict.Device("CPU_DEVICE")
    return np.from_dlpack(array_api_strict.asarray(array, device=device))
