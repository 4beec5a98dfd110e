"""Stage 0: what instruments an archive holds, and which visits they make."""

from dataclasses import dataclass, replace

from hotspots.archive.find import find_products
from hotspots.archive.products import Inventory, IssueStatus, ProductIssue
from hotspots.archive.radiometer.nearness import hours_near_io
from hotspots.archive.radiometer.products import RadiometerHour, find_radiometer_hours
from hotspots.archive.radiometer.visits import with_radiometer
from hotspots.archive.visits import Visit, group_visits
from hotspots.config import InferSettings
from hotspots.errors import ArchiveError, ConfigurationError

__all__ = ["Holdings", "find_holdings", "find_visits", "near_io"]

FAR = "an hour of the radiometer in which Io is far away, or that the kernels do not cover"
"""Reason for ``other_files.csv``."""


@dataclass(frozen=True)
class Holdings:
    """Products of all instruments under a folder.

    Parameters
    ----------
    inventory : Inventory
        Images of the camera, and files of either instrument that are not used.
    hours : tuple of RadiometerHour
        Of the radiometer; after `near_io` those of encounters only.
    """

    inventory: Inventory
    hours: tuple[RadiometerHour, ...]


def find_holdings(settings: InferSettings) -> Holdings:
    """Find the products of both instruments.

    Parameters
    ----------
    settings : InferSettings
        ``archive``, and whether the radiometer is looked for.

    Returns
    -------
    Holdings

    Raises
    ------
    ArchiveError
        If the archive is no folder or holds no product of either.
    """
    inventory = find_products(settings.archive)
    hours: tuple[RadiometerHour, ...] = ()
    if settings.radiometer.enabled:
        found = find_radiometer_hours(settings.archive)
        hours = found.hours
        inventory = replace(inventory, issues=(*inventory.issues, *found.issues))
    if not hours and not group_visits(inventory):
        msg = (
            f"{settings.archive}: holds no JIRAM image products and no MWR tables; wanted "
            "JIR_IMG_*.IMG files with their labels (.LBL or .xml), or MWR*RI*.CSV, at any depth"
        )
        raise ArchiveError(msg)
    return Holdings(inventory, hours)


def near_io(holdings: Holdings, settings: InferSettings) -> Holdings:
    """Keep the radiometer's hours near Io; the others become files that are not used.

    Parameters
    ----------
    holdings : Holdings
    settings : InferSettings
        A kernel pool must be open.

    Returns
    -------
    Holdings
    """
    near = hours_near_io(holdings.hours, settings.radiometer.minimum_filling)
    far = [
        ProductIssue(hour.product_id, hour.instrument, IssueStatus.IGNORED, FAR)
        for hour in holdings.hours
        if hour not in near
    ]
    inventory = replace(holdings.inventory, issues=(*holdings.inventory.issues, *far))
    return Holdings(inventory, near)


def find_visits(holdings: Holdings, settings: InferSettings) -> tuple[Visit, ...]:
    """Sort products into the visits that are wanted.

    Parameters
    ----------
    holdings : Holdings
        From `near_io`.
    settings : InferSettings

    Returns
    -------
    tuple of Visit

    Raises
    ------
    ArchiveError
        If there is none, because no hour of the radiometer is near Io.
    ConfigurationError
        If a visit that was asked for is not there.
    """
    visits = with_radiometer(group_visits(holdings.inventory), holdings.hours)
    if not visits:
        msg = (
            f"{settings.archive}: tables of MWR, none of them near Io according to the kernels; "
            "wanted hours of an encounter and kernels that cover them"
        )
        raise ArchiveError(msg)
    return _chosen(visits, settings)


def _chosen(visits: tuple[Visit, ...], settings: InferSettings) -> tuple[Visit, ...]:
    if settings.visits is None:
        return visits
    names = [visit.name for visit in visits]
    unknown = [name for name in settings.visits if name not in names]
    if unknown:
        msg = f"visits=[{','.join(unknown)}]: not in the archive, which has {', '.join(names)}"
        raise ConfigurationError(msg)
    return tuple(visit for visit in visits if visit.name in settings.visits)
