"""``provenance.json``: what went in, what it was done with, and a fingerprint of both.

The fingerprint is a hash over the checksums of inputs and kernels, the settings that
can change a result, and the version of this package.  A visit whose folder carries the
fingerprint that a new run would give need not be done again.
"""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from hotspots import __version__
from hotspots.config import InferSettings
from hotspots.errors import ProductError
from hotspots.products.atomic import write_bytes

__all__ = [
    "FILE_NAME",
    "FileDigest",
    "Provenance",
    "file_digest",
    "fingerprint",
    "is_finished",
    "read_provenance",
    "settings_that_matter",
    "software_versions",
    "utc_now",
    "write_provenance",
]

FILE_NAME = "provenance.json"

_LIBRARIES = (
    *("numpy", "scipy", "numba", "torch", "scikit-image", "array-api-compat"),
    *("spiceypy", "pdr", "rasterio", "xarray", "h5netcdf", "geopandas", "pyogrio", "matplotlib"),
)
_CUPY_WHEELS = ("cupy", "cupy-cuda12x", "cupy-cuda13x")
_WITHOUT_EFFECT = frozenset(
    {"archive", "out", "kernels", "visits", "overwrite", "engine", "backend", "across_visits"}
)


@dataclass(frozen=True, order=True)
class FileDigest:
    """A file that went in: its name as a reader would look for it, and what it held."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where a visit's products come from.

    Parameters
    ----------
    visit : str
    fingerprint : str
        From `fingerprint`.
    inputs, kernels : tuple of FileDigest
    configuration : mapping
        Every setting of the run, as plain JSON values.
    backend, device : str
        ``cpu`` or ``gpu``, and the processor's name.
    started_utc, finished_utc : str
        ISO 8601.
    versions : mapping of str to str or None
        Software, None where not installed.
    outputs : tuple of str
        Names of the files of the visit; `hotspots.products.visit` fills them in.
    """

    visit: str
    fingerprint: str
    inputs: tuple[FileDigest, ...]
    kernels: tuple[FileDigest, ...]
    configuration: Mapping[str, Any]
    backend: str
    device: str
    started_utc: str
    finished_utc: str
    versions: Mapping[str, str | None] = field(default_factory=dict)
    outputs: tuple[str, ...] = ()


def utc_now() -> str:
    """Time of the clock as ISO 8601 in UTC, to the second."""
    return datetime.now(tz=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def file_digest(path: Path, name: str | None = None) -> FileDigest:
    """SHA-256 of a file.

    Parameters
    ----------
    path : Path
    name : str, optional
        Name to remember, such as the path below the archive; the file's name without it.

    Raises
    ------
    ProductError
        If the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = path.stat().st_size
    except OSError as error:
        msg = f"{path}: cannot be read for its checksum ({error.strerror})"
        raise ProductError(msg) from error
    return FileDigest(path.name if name is None else name, size, digest)


def fingerprint(
    inputs: Iterable[FileDigest], kernels: Iterable[FileDigest], settings: Mapping[str, Any]
) -> str:
    """Hash of everything that decides the products of a visit, hexadecimal.

    Neither the order of the files nor where they lie matters.
    """
    content = {
        "package": __version__,
        "inputs": _plain(sorted(inputs)),
        "kernels": _plain(sorted(kernels)),
        "settings": _plain(settings),
    }
    text = json.dumps(content, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def settings_that_matter(settings: InferSettings) -> dict[str, Any]:
    """Settings that can change the result of a visit: not where files lie, nor what runs it."""
    plain: dict[str, Any] = _plain(settings)
    return {name: value for name, value in plain.items() if name not in _WITHOUT_EFFECT}


def software_versions() -> dict[str, str | None]:
    """Versions of this package, Python and the libraries that numbers pass through."""
    versions: dict[str, str | None] = {
        "hotspots": __version__,
        "python": platform.python_version(),
    }
    versions |= {name: _version(name) for name in _LIBRARIES}
    found = (_version(name) for name in _CUPY_WHEELS)
    versions["cupy"] = next((one for one in found if one is not None), None)
    return versions


def write_provenance(path: Path, provenance: Provenance) -> None:
    """Write ``provenance.json``.

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    text = json.dumps(_plain(provenance), indent=2, ensure_ascii=False)
    write_bytes(path, f"{text}\n".encode())


def read_provenance(path: Path) -> Provenance:
    """Read ``provenance.json`` back.

    Raises
    ------
    ProductError
        If the file is missing or not what `write_provenance` writes.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        for name in ("inputs", "kernels"):
            content[name] = tuple(FileDigest(**item) for item in content[name])
        content["outputs"] = tuple(content["outputs"])
        return Provenance(**content)
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"{path}: is no provenance file of this program ({error})"
        raise ProductError(msg) from error


def is_finished(folder: Path, wanted_fingerprint: str) -> bool:
    """Whether ``folder`` holds the complete products of a run with this fingerprint."""
    try:
        provenance = read_provenance(folder / FILE_NAME)
    except ProductError:
        return False
    return provenance.fingerprint == wanted_fingerprint and all(
        (folder / name).is_file() for name in provenance.outputs
    )


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None


def _plain(value: Any) -> Any:
    """``value`` in the types of JSON."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return _plain(value.value)
    return str(value) if isinstance(value, Path) else value
