"""Rows of a radiometer whose gain, diodes, load and scene are known."""

import numpy as np

from hotspots.archive.radiometer.rows import RadiometerRows

SPACING_S = 0.12
DIODE_K = np.array([300.0, 160.0, 60.0])


def made_rows(
    scene_k,
    *,
    gain=20.0,
    load_k=300.0,
    diode_error=(0.0, 0.0, 0.0),
    noise_k=0.0,
    seed=1,
):
    """Rows that see a scene.

    Parameters: scene (n,) or (n, 8); gain counts/K, scalar or (n,); relative error of the
    diodes, each a scalar or (n,); noise of a row, K.
    """
    scene = np.asarray(scene_k, float)
    n = len(scene)
    scene = np.broadcast_to(scene.reshape(n, -1), (n, 8))
    gain = np.broadcast_to(np.asarray(gain, float), n)[:, None]
    noise = noise_k * np.random.default_rng(seed).standard_normal((n, 8))
    load_count = np.broadcast_to(gain * 400.0, (n, 8))
    antenna = load_count + gain * (scene + noise - load_k)
    errors = np.stack([np.broadcast_to(np.asarray(e, float), n) for e in diode_error], axis=-1)
    diode_count = gain * DIODE_K * (1 + errors)
    return RadiometerRows(
        et=7e8 + SPACING_S * np.arange(n),
        antenna_count=antenna,
        load_count=load_count.copy(),
        diode_count=np.broadcast_to(diode_count[:, None, :, None], (n, 8, 3, 2)).copy(),
        diode_k=np.broadcast_to(DIODE_K[:, None], (n, 8, 3, 2)).copy(),
        load_k=np.full((n, 8), load_k),
        archived_k=scene + noise,
        flags=np.zeros((n, 8), np.uint16),
        boresight=np.zeros((n, 6, 3)),
        juno_from_jupiter_km=np.zeros((n, 3)),
        jupiter_angle_deg=np.full((n, 6), 90.0),
        jupiter_intercept_deg=np.full((n, 6, 2), np.nan),
    )


def beam_scene(n, *, cold=4.0, warm=110.0, turn=250, width=40):
    """A body's bright edge passing through the beam every turn, as smooth as a beam."""
    phase = (np.arange(n) % turn) - turn / 2
    step = 0.5 * (np.tanh((phase + width / 2) / 4) - np.tanh((phase - width / 2) / 4))
    return cold + (warm - cold) * step
