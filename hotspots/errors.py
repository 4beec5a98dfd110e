"""The one tree of errors that this package raises on purpose.

Every message says what came, what was wanted and what to do about it.  Anything
else that escapes (a ``TypeError``, an ``IndexError``) is a bug, not an answer.
"""

__all__ = [
    "ArchiveError",
    "CalibrationError",
    "ChecksumError",
    "ConfigurationError",
    "GeometryError",
    "GriddingError",
    "HotspotsError",
    "ImageError",
    "KernelError",
    "LabelError",
    "ModelError",
    "PointingError",
    "ProductError",
    "RetrievalError",
    "SampleError",
    "TruthError",
]


class HotspotsError(Exception):
    """Root of the tree: catch this to catch everything the package says on purpose."""


class ConfigurationError(HotspotsError):
    """A setting is missing, unknown or outside its range."""


class ArchiveError(HotspotsError):
    """A file of the archive cannot be used; the message names the file."""


class LabelError(ArchiveError):
    """A label is missing, garbled or contradicts itself."""


class ImageError(ArchiveError):
    """An image is missing, truncated, or not the array that its label describes."""


class ChecksumError(ImageError):
    """An image does not have the MD5 sum that its label states."""


class KernelError(HotspotsError):
    """SPICE kernels are missing or do not cover a time or a body."""


class CalibrationError(HotspotsError):
    """Counts cannot be turned into radiance."""


class GeometryError(HotspotsError):
    """A camera, a grid or a projection is ill-defined."""


class PointingError(GeometryError):
    """No trustworthy pointing correction exists for a frame."""


class GriddingError(HotspotsError):
    """Samples and grid do not fit each other."""


class RetrievalError(HotspotsError):
    """A source cannot be measured."""


class ProductError(HotspotsError):
    """An output file cannot be written."""


class ModelError(HotspotsError):
    """A network cannot be built, or a model folder or checkpoint cannot be read."""


class SampleError(HotspotsError):
    """Training data are missing, damaged, or not what the network reads."""


class TruthError(HotspotsError):
    """A truth or catalogue file given to the evaluation cannot be read."""
