"""The one module that knows where arrays live: CPU or GPU, NumPy, CuPy or torch.

Everywhere else the arrays carry the choice (``xp = array_namespace(x)``).  Here are
the moves between devices and the few primitives that the array API standard lacks;
each asks its argument where it lives and answers there.

Importing CuPy succeeds on a machine without a GPU; the first allocation fails.  So
the test is ``cupy.cuda.is_available()``, never the import.
"""

import importlib
import importlib.util
from enum import Enum
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.ndimage
from array_api_compat import array_namespace, device, is_cupy_array, is_numpy_array
from numpy.typing import NDArray

from hotspots.errors import ConfigurationError

if TYPE_CHECKING:
    import torch

__all__ = [
    "Backend",
    "as_tensor",
    "binned_sum",
    "erf",
    "gaussian_filter",
    "gpu_available",
    "gpu_module",
    "is_gpu_array",
    "label",
    "median_filter",
    "nanmedian",
    "scatter_add",
    "select_backend",
    "to_device",
    "to_host",
    "torch_device",
]


class Backend(Enum):
    """Where the arrays of a run live."""

    CPU = "cpu"
    GPU = "gpu"


def gpu_available() -> bool:
    """Whether CuPy is installed and a CUDA device answers."""
    if importlib.util.find_spec("cupy") is None:
        return False
    return bool(importlib.import_module("cupy").cuda.is_available())


def select_backend(name: str) -> Backend:
    """Turn the setting ``auto``, ``cpu`` or ``gpu`` into a backend that works here.

    Raises
    ------
    ConfigurationError
        If the name is unknown, or ``gpu`` is asked for and there is none.
    """
    if name == "auto":
        return Backend.GPU if gpu_available() else Backend.CPU
    if name not in {"cpu", "gpu"}:
        msg = f"backend={name!r} is unknown; choose auto, cpu or gpu"
        raise ConfigurationError(msg)
    if name == "gpu" and not gpu_available():
        if importlib.util.find_spec("cupy") is None:
            reason = "CuPy is not installed; pip install 'hotspots[cuda13]' (or [cuda12])"
        else:
            reason = "CuPy is installed but finds no CUDA device; check the driver (nvidia-smi)"
        msg = f"backend=gpu: {reason}, or use backend=cpu"
        raise ConfigurationError(msg)
    return Backend(name)


def gpu_module() -> Any:
    """CuPy itself, for the module that compiles CUDA source.

    Raises
    ------
    ConfigurationError
        If there is no usable GPU.
    """
    select_backend("gpu")
    return importlib.import_module("cupy")


def is_gpu_array(array: Any) -> bool:
    """Whether ``array`` is a CuPy array."""
    return bool(is_cupy_array(array))


def to_device(array: Any, backend: Backend) -> Any:
    """Copy ``array`` to where ``backend`` keeps its arrays; no copy if it is there."""
    if backend is Backend.GPU:
        return gpu_module().asarray(array)
    return to_host(array)


def to_host(array: Any) -> NDArray[Any]:
    """Return ``array`` as NumPy array; no copy if it is one."""
    if is_numpy_array(array):
        host: NDArray[Any] = np.asarray(array)
    elif is_cupy_array(array):
        host = array.get()
    elif hasattr(array, "__dlpack__"):
        host = np.from_dlpack(array)
    else:
        host = np.asarray(array)
    return host


def as_tensor(array: Any) -> "torch.Tensor":
    """Hand ``array`` to torch on its own device, sharing the memory (DLPack).

    A read-only array is copied: torch has no read-only tensors.
    """
    library = importlib.import_module("torch")
    if is_numpy_array(array) and not array.flags.writeable:
        array = array.copy()
    tensor: torch.Tensor = library.from_dlpack(array)
    return tensor


def torch_device(array: Any) -> str:
    """Torch device that an array lives on: ``cuda`` or ``cpu``."""
    return "cuda" if is_gpu_array(array) else "cpu"


def label(mask: Any, *, corners: bool = True) -> tuple[Any, int]:
    """Find the connected regions of a mask and number them.

    Parameters
    ----------
    mask : array (rows, columns) bool
    corners : bool
        Whether cells that touch at a corner are connected.

    Returns
    -------
    labels : array (rows, columns) int32
        0 outside, 1..count inside.
    count : int
    """
    structure = np.ones((3, 3)) if corners else None
    if is_gpu_array(mask) and structure is not None:
        structure = gpu_module().asarray(structure)
    labels, count = _ndimage(mask).label(_native(mask), structure=structure)
    return _like(labels, mask), int(count)


def erf(array: Any) -> Any:
    """Error function, element by element."""
    library = "cupyx.scipy.special" if is_gpu_array(array) else "scipy.special"
    return _like(importlib.import_module(library).erf(_native(array)), array)


def gaussian_filter(array: Any, sigma: float | tuple[float, ...], *, mode: str = "nearest") -> Any:
    """Convolve with a Gaussian of ``sigma`` cells; the edge is continued by ``mode``."""
    smooth = _ndimage(array).gaussian_filter(_native(array), sigma, mode=mode)
    return _like(smooth, array)


def median_filter(array: Any, size: int | tuple[int, ...], *, mode: str = "nearest") -> Any:
    """Median over a box of ``size`` cells; the edge is continued by ``mode``."""
    return _like(_ndimage(array).median_filter(_native(array), size=size, mode=mode), array)


def scatter_add(target: Any, index: Any, values: Any) -> Any:
    """Return ``target`` (m,) with ``values`` (k,) added at ``index`` (k,), repeats summed."""
    result = _native(target).copy()
    module = gpu_module() if is_gpu_array(target) else np
    module.add.at(result, _native(index), _native(values))
    return _like(result, target)


def binned_sum(index: Any, values: Any, count: int) -> Any:
    """Sum ``values`` (k,) by ``index`` (k,) in 0..count-1; float64 (count,)."""
    module = gpu_module() if is_gpu_array(values) else np
    sums = module.bincount(_native(index), weights=_native(values), minlength=count)
    return _like(sums, values)


def nanmedian(array: Any, axis: int = 0) -> Any:
    """Median along ``axis`` of what is not NaN; NaN where nothing is.

    Unlike ``numpy.nanmedian`` it runs on every array library and warns of nothing.
    """
    xp = array_namespace(array)
    missing = xp.isnan(array)
    ordered = xp.sort(xp.where(missing, xp.inf, array), axis=axis)
    count = xp.sum(xp.astype(~missing, xp.int64), axis=axis, keepdims=True)
    below = xp.maximum(count - 1, xp.zeros_like(count)) // 2
    above = xp.minimum(count // 2, xp.full_like(count, array.shape[axis] - 1))
    middle = 0.5 * (
        xp.take_along_axis(ordered, below, axis=axis)
        + xp.take_along_axis(ordered, above, axis=axis)
    )
    return xp.squeeze(xp.where(count > 0, middle, xp.nan), axis=axis)


def _ndimage(array: Any) -> Any:
    """``scipy.ndimage`` or its CUDA twin, by where ``array`` lives."""
    if is_gpu_array(array):
        return importlib.import_module("cupyx.scipy.ndimage")
    return scipy.ndimage


def _native(array: Any) -> Any:
    """``array`` as the library behind `_ndimage` wants it."""
    return array if is_gpu_array(array) else to_host(array)


def _like(result: Any, array: Any) -> Any:
    """Move ``result`` to the namespace and device of ``array``."""
    if is_gpu_array(array) or is_numpy_array(array):
        return result
    return array_namespace(array).asarray(result, device=device(array))
