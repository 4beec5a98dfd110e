"""Fresnel's equations of a smooth surface: what it reflects and emits in each polarisation.

The ground is a loss-poor dielectric (loss tangent of a few per cent at most), so its
permittivity is taken as real.  "Vertical" (V) lies in the plane of emission, "horizontal"
(H) across it; an antenna of one linear polarisation sees the mixture that
`vertical_share` gives.  Formulas: Ulaby & Long 2014, "Microwave Radar and Radiometric
Remote Sensing", sections 2-7 and 6-7.
"""

from typing import Any

from array_api_compat import array_namespace

__all__ = [
    "emissivity",
    "reflectivity",
    "transmitted_cosine",
    "vertical_share",
]

_TINY = 1e-14
"""Less than this is rounding error of numbers of about 1."""


def transmitted_cosine(permittivity: Any, cos_emission: Any) -> Any:
    """Cosine of the angle to the normal inside the ground, by Snell's law.

    Parameters
    ----------
    permittivity : array or float
        Real relative permittivity, 1 or more.
    cos_emission : array
        Cosine of the emission angle outside, 0..1.

    Returns
    -------
    array, broadcast of the two
    """
    xp = array_namespace(cos_emission)
    return xp.sqrt(1.0 - (1.0 - cos_emission**2) / permittivity)


def reflectivity(permittivity: Any, cos_emission: Any) -> tuple[Any, Any]:
    """Power reflectivity in both polarisations.

    Parameters
    ----------
    permittivity : array or float
        Real relative permittivity, 1 or more.
    cos_emission : array
        Cosine of the emission (and incidence) angle, 0..1.

    Returns
    -------
    vertical, horizontal : arrays
        From 0 to 1; both 1 at grazing emission where the permittivity is above 1.
    """
    index = permittivity**0.5
    inside = transmitted_cosine(permittivity, cos_emission)
    return (
        _ratio_squared(index * cos_emission - inside, index * cos_emission + inside),
        _ratio_squared(cos_emission - index * inside, cos_emission + index * inside),
    )


def emissivity(permittivity: Any, cos_emission: Any, share: Any) -> Any:
    """Emissivity that an antenna of one polarisation sees: 1 less its reflectivity.

    Parameters
    ----------
    permittivity : array or float
        Real relative permittivity, 1 or more.
    cos_emission : array
        Cosine of the emission angle, 0..1.
    share : array or float
        Share of V in the received power, 0..1, as `vertical_share` gives it; 0.5 is the
        mean of both polarisations.

    Returns
    -------
    array
        From 0 to 1.
    """
    vertical, horizontal = reflectivity(permittivity, cos_emission)
    return 1.0 - (share * vertical + (1.0 - share) * horizontal)


def vertical_share(electric: Any, towards_antenna: Any, normal: Any) -> Any:
    """Share of V in the power that an antenna receives from one place of the ground.

    Parameters
    ----------
    electric : array (..., 3)
        Direction of the antenna's electric field (any length, any frame common to all).
    towards_antenna : array (..., 3)
        Unit vectors from the ground to the antenna.
    normal : array (..., 3)
        Unit vectors, outward normals of the ground.

    Returns
    -------
    array (...)
        From 0 to 1; 0.5 where it is not defined: in the nadir, where both polarisations
        are the same, and where the antenna has no field across the line of sight.
    """
    xp = array_namespace(towards_antenna)
    electric, towards_antenna, normal = xp.broadcast_arrays(electric, towards_antenna, normal)
    across = xp.linalg.cross(normal, towards_antenna)
    along = xp.sum(electric * towards_antenna, axis=-1, keepdims=True)
    field = electric - along * towards_antenna
    size = xp.sum(across**2, axis=-1) * xp.sum(field**2, axis=-1)
    horizontal = xp.sum(across * field, axis=-1) ** 2
    defined = size > _TINY
    share = 1.0 - horizontal / xp.where(defined, size, 1.0)
    return xp.where(defined, xp.clip(share, 0.0, 1.0), 0.5)


def _ratio_squared(difference: Any, total: Any) -> Any:
    """0 where both are 0: grazing a ground of permittivity 1, which is optically not there."""
    xp = array_namespace(total)
    return (difference / xp.where(total > _TINY, total, 1.0)) ** 2
