"""Where Jupiter is: an ellipse, good to a tenth of a degree, for simulated visits only."""

from math import cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

__all__ = ["jupiter_state"]

ASTRONOMICAL_UNIT_KM = 149_597_870.7
CENTURY_S = 36525 * 86400.0
OBLIQUITY_DEG = 23.43928

# Mean elements of J2000 and their change per Julian century, 1800 to 2050 (Standish,
# "Keplerian elements for approximate positions of the major planets", JPL).
AXIS_AU = (5.20288700, -0.00011607)
ECCENTRICITY = (0.04838624, -0.00013253)
INCLINATION_DEG = (1.30439695, -0.00183714)
LONGITUDE_DEG = (34.39644051, 3034.74612775)
PERIHELION_DEG = (14.72847983, 0.21252668)
NODE_DEG = (100.47390909, 0.20469106)


def jupiter_state(et: float) -> NDArray[np.float64]:
    """Jupiter from the Sun.

    Parameters
    ----------
    et : float
        TDB seconds past J2000.

    Returns
    -------
    array (6,) float64
        km and km/s, J2000 axes.
    """
    centuries = et / CENTURY_S
    axis, eccentricity, inclination, longitude, perihelion, node = (
        start + rate * centuries
        for start, rate in (
            AXIS_AU,
            ECCENTRICITY,
            INCLINATION_DEG,
            LONGITUDE_DEG,
            PERIHELION_DEG,
            NODE_DEG,
        )
    )
    axis *= ASTRONOMICAL_UNIT_KM
    mean = radians((longitude - perihelion + 180) % 360 - 180)
    anomaly = mean
    for _ in range(8):  # Newton; the eccentricity is small
        anomaly -= (anomaly - eccentricity * sin(anomaly) - mean) / (
            1 - eccentricity * cos(anomaly)
        )
    minor = axis * sqrt(1 - eccentricity**2)
    rate = radians(LONGITUDE_DEG[1] - PERIHELION_DEG[1]) / CENTURY_S
    rate /= 1 - eccentricity * cos(anomaly)
    orbit = np.array(
        [
            [axis * (cos(anomaly) - eccentricity), minor * sin(anomaly), 0.0],
            [-axis * sin(anomaly) * rate, minor * cos(anomaly) * rate, 0.0],
        ]
    )
    turn = (
        _about_x(radians(OBLIQUITY_DEG))
        @ _about_z(radians(node))
        @ _about_x(radians(inclination))
        @ _about_z(radians(perihelion - node))
    )
    return np.asarray((orbit @ turn.T).ravel())


def _about_x(angle: float) -> NDArray[np.float64]:
    return np.array([[1, 0, 0], [0, cos(angle), -sin(angle)], [0, sin(angle), cos(angle)]])


def _about_z(angle: float) -> NDArray[np.float64]:
    return np.array([[cos(angle), -sin(angle), 0], [sin(angle), cos(angle), 0], [0, 0, 1]])
