"""How far the camera looks from where the kernels say.

Until orbit 43 a mirror held the scene, and fits of public frames differ from the kernels
by a few pixels.  From orbit 44 on it is parked, which amounts to 7.28 degrees along the
spin; frames scatter about that by a pixel or two.
"""

import numpy as np
from numpy.typing import NDArray

from hotspots.simulation.observing_settings import ObservingSettings

__all__ = ["draw_offsets"]


def draw_offsets(
    settings: ObservingSettings,
    *,
    despun: bool,
    count: int,
    ifov_rad: float,
    rng: np.random.Generator,
) -> NDArray[np.float64]:
    """Pointing corrections of the frames of a visit: one shift, and scatter about it.

    Parameters
    ----------
    settings : ObservingSettings
    despun : bool
        Whether the mirror holds the scene.
    count : int
    ifov_rad : float
    rng : numpy.random.Generator

    Returns
    -------
    array (count, 2)
        (rx, ry), pixels of angle.
    """
    if despun:
        middle = [settings.despun_shift_samples.draw(rng), settings.despun_shift_lines.draw(rng)]
        scatter = settings.scatter_despun.draw(rng, 2)
    else:
        angle = np.radians(settings.parked_angle_deg.draw(rng))
        middle = [settings.parked_shift_samples.draw(rng), -angle / ifov_rad]
        scatter = np.array([settings.scatter_samples.draw(rng), settings.scatter_lines.draw(rng)])
    return np.asarray(np.array(middle) + scatter * rng.normal(size=(count, 2)))
