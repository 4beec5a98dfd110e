"""`RadiometerHour`: the instrument file of one hour and the geolocation file beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from hotspots.archive.folders import walk_folders
from hotspots.archive.products import IssueStatus, ProductIssue
from hotspots.archive.radiometer.names import (
    RadiometerKind,
    RadiometerName,
    parse_radiometer_name,
)
from hotspots.errors import ArchiveError

__all__ = ["RadiometerHour", "RadiometerInventory", "find_radiometer_hours"]

_DATA_SUFFIX = ".csv"


@dataclass(frozen=True, kw_only=True)
class RadiometerHour:
    """Files of one start time.

    Parameters
    ----------
    product_id : str
        Name of the instrument file.
    orbit : int
    start : datetime
        UTC, as in the names.
    instrument : Path
        IRDR table.
    geolocation : Path or None
        GRDR table; None where there is none, kernels then have to say where it looked.
    """

    product_id: str
    orbit: int
    start: datetime
    instrument: Path
    geolocation: Path | None


@dataclass(frozen=True)
class RadiometerInventory:
    """What a folder holds of the radiometer.

    Parameters
    ----------
    hours : tuple of RadiometerHour
        By time.
    issues : tuple of ProductIssue
        Files that are not used: older versions, geolocation without data, telemetry.
    """

    hours: tuple[RadiometerHour, ...]
    issues: tuple[ProductIssue, ...]


def find_radiometer_hours(root: Path | str) -> RadiometerInventory:
    """Find the radiometer's tables under a folder; labels are not needed.

    Parameters
    ----------
    root : Path or str
        Searched at any depth; the case of names does not matter.

    Returns
    -------
    RadiometerInventory
        The same for the same files, whatever the order the file system lists them in.

    Raises
    ------
    ArchiveError
        If ``root`` is not a folder.
    """
    root = Path(root)
    if not root.is_dir():
        msg = f"{root}: no such folder; archive= takes the folder of the Juno products"
        raise ArchiveError(msg)
    tables = [
        (name, folder / file)
        for folder, files in walk_folders(root)
        for file in files
        if Path(file).suffix.lower() == _DATA_SUFFIX
        and (name := parse_radiometer_name(file)) is not None
    ]
    best, issues = _newest(tables)
    hours = []
    for (kind, orbit, start), (name, path) in sorted(best.items()):
        if kind is RadiometerKind.INSTRUMENT:
            beside = best.get((RadiometerKind.GEOLOCATION, orbit, start))
            hours.append(
                RadiometerHour(
                    product_id=name.product_id,
                    orbit=orbit,
                    start=start,
                    instrument=path,
                    geolocation=None if beside is None else beside[1],
                )
            )
        elif kind is RadiometerKind.RAW:
            issues.append(_issue(name, path, "telemetry of the radiometer; RDR files are used"))
        elif (RadiometerKind.INSTRUMENT, orbit, start) not in best:
            reason = "geolocation without the instrument file (RI) of the same hour"
            issues.append(_issue(name, path, reason))
    hours.sort(key=lambda hour: (hour.start, hour.product_id))
    issues.sort(key=lambda issue: issue.path.as_posix())
    return RadiometerInventory(tuple(hours), tuple(issues))


_Key = tuple[RadiometerKind, int, datetime]
_Found = tuple[RadiometerName, Path]


def _newest(tables: Iterable[_Found]) -> tuple[dict[_Key, _Found], list[ProductIssue]]:
    """Of each kind and start the highest version; of equals the longest name, the first path."""
    best: dict[_Key, _Found] = {}
    issues = []
    order = sorted(tables, key=lambda found: found[1].as_posix(), reverse=True)
    for name, path in sorted(order, key=lambda found: (found[0].version, found[0].product_id)):
        key = (name.kind, name.orbit, name.start)
        if key in best:
            issues.append(_issue(*best[key], f"not used: another copy or version is, {path.name}"))
        best[key] = (name, path)
    return best, issues


def _issue(name: RadiometerName, path: Path, reason: str) -> ProductIssue:
    return ProductIssue(name.product_id, path, IssueStatus.IGNORED, reason)
