"""Brightness temperature of ground: what it emits through its surface and the sky it mirrors.

``T_B = (1 - R) T + R T_sky`` with T the mean temperature under the weights of the depths
that are seen (`hotspots.retrieval.microwave.ground_temperature`) and R of Fresnel
(`hotspots.fresnel`).  Antenna temperatures follow the law of Rayleigh and Jeans: at 22 GHz
and 50 K it is Planck's to 1 %, and the archive's temperatures are made with it.
"""

from typing import Any

from hotspots.fresnel import emissivity

__all__ = ["COSMIC_BACKGROUND_K", "brightness_k", "sky_k"]

COSMIC_BACKGROUND_K = 2.725
"""Fixsen 2009, ApJ 707, 916."""


def sky_k(frequency_ghz: Any) -> Any:
    """Mean temperature of the sky away from the Galaxy's plane, K.

    Cosmic background and ``24.1 K (f / 310 MHz)**-2.599`` (ARCADE 2; Fixsen et al. 2011,
    doi:10.1088/0004-637X/734/1/5).

    Parameters
    ----------
    frequency_ghz : float or array

    Returns
    -------
    float or array
    """
    return COSMIC_BACKGROUND_K + 24.1 * (frequency_ghz / 0.310) ** -2.599


def brightness_k(
    seen_k: Any, permittivity: Any, cos_emission: Any, share: Any, background_k: Any
) -> Any:
    """Brightness temperature at an emission angle and polarisation.

    Parameters
    ----------
    seen_k : array
        Mean physical temperature of what is seen, K.
    permittivity : array or float
        Of the topmost ground.
    cos_emission : array
        Cosine of the emission angle.
    share : array or float
        Share of vertical polarisation, as `hotspots.fresnel.emissivity` takes it.
    background_k : array or float
        Brightness temperature of the sky that is mirrored, K.

    Returns
    -------
    array, broadcast of all
        K.
    """
    emitted = emissivity(permittivity, cos_emission, share)
    return emitted * seen_k + (1.0 - emitted) * background_k
