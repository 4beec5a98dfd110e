"""What every detector takes and gives, and the registry that finds one by its name.

A detector is a class with a ``name``, settings of its own, and ``detect``.  To add one,
write a module in this package with a class under ``@register`` and a YAML file
``conf/detector/<name>.yaml`` with ``name:`` and its settings; nothing else changes.
"""

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Protocol, TypeVar

import numpy as np
from array_api_compat import array_namespace, device
from numpy.typing import NDArray

import hotspots.detection
from hotspots.errors import ConfigurationError
from hotspots.grid import GridMap, Plane

__all__ = ["Detections", "Detector", "Region", "make_detector", "plane_beside", "register"]


@dataclass(frozen=True)
class Region:
    """One candidate source on one map.

    Parameters
    ----------
    row, column : float
        Centre, fractional cells (cell i covers i to i + 1).
    snr : float
        Matched-filter signal over noise of its strongest part.
    components : tuple of (row, column) pairs
        Places of the point sources that it is made of; one for an unresolved source.
    probability_hotspot, probability_lava_lake : float
        0 to 1.
    cells : (rows, columns) index arrays or None
        Cells that a resolved source covers; None where the components say it all.
    """

    row: float
    column: float
    snr: float
    components: tuple[tuple[float, float], ...]
    probability_hotspot: float
    probability_lava_lake: float
    cells: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None


@dataclass(frozen=True)
class Detections:
    """What a detector found on one map.

    Parameters
    ----------
    regions : tuple of Region
        Strongest first.
    planes : mapping of str to Plane
        ``p_hotspot`` and ``p_lava_lake`` (probability per cell) and whatever else the
        detector wants to be kept, such as ``snr``; where the map's own planes live.
    """

    regions: tuple[Region, ...]
    planes: Mapping[str, Plane]


class Detector(Protocol):
    """Finds candidate sources on a `GridMap`."""

    name: ClassVar[str]

    def detect(self, grid_map: GridMap) -> Detections:
        """Search one map.

        Parameters
        ----------
        grid_map : GridMap
            With the planes of `hotspots.gridding.planes` and the attributes
            ``m_spread`` / ``l_spread`` (covariance of the point spread function).

        Returns
        -------
        Detections
            Without regions where nothing was found.
        """


Settings = TypeVar("Settings")
_REGISTRY: dict[str, tuple[type[Any], Callable[[Any], Detector]]] = {}


def register(
    name: str, settings: type[Settings]
) -> Callable[[Callable[[Settings], Detector]], Callable[[Settings], Detector]]:
    """Class decorator that makes a detector known by its name.

    Parameters
    ----------
    name : str
        What ``detector.name`` is set to.
    settings : type
        Frozen dataclass of the detector's settings, handed to its constructor.
    """

    def keep(maker: Callable[[Settings], Detector]) -> Callable[[Settings], Detector]:
        _REGISTRY[name] = (settings, maker)
        return maker

    return keep


def make_detector(name: str, parameters: Mapping[str, Any]) -> Detector:
    """Build the detector called ``name``.

    Parameters
    ----------
    name : str
    parameters : mapping
        Fields of its settings; the others keep their defaults.

    Raises
    ------
    ConfigurationError
        If there is no such detector, or it has no such setting.
    """
    for module in pkgutil.iter_modules(hotspots.detection.__path__):
        importlib.import_module(f"hotspots.detection.{module.name}")
    if name not in _REGISTRY:
        msg = f"detector.name={name}: there is none; choose from {', '.join(sorted(_REGISTRY))}"
        raise ConfigurationError(msg)
    settings, maker = _REGISTRY[name]
    known = {f.name for f in fields(settings)}
    unknown = sorted(set(parameters) - known)
    if unknown:
        msg = (
            f"detector {name} has no setting {', '.join(unknown)}; "
            f"it has {', '.join(sorted(known))}"
        )
        raise ConfigurationError(msg)
    return maker(settings(**parameters))


def plane_beside(values: NDArray[np.float64], like: Any, unit: str, description: str) -> Plane:
    """Plane of a detector's answer beside the others of its map.

    Parameters
    ----------
    values : array (rows, columns) float64, host
    like : array
        Plane of the map, on the host or on the device; the new one goes there too.
    unit, description : str

    Returns
    -------
    Plane
    """
    xp = array_namespace(like)
    return Plane(xp.asarray(values, device=device(like)), unit, description)
