"""`Visit`: the images of one orbit, and the files of that orbit which are none.

The orbit comes from the label, then from the name of a folder (``jnojir_2053``,
``orbit53``), then from neighbours in time.  Where label and folder disagree, neighbours
in time decide: thousands of labels state a wrong orbit.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from hotspots.archive import quirks
from hotspots.archive.product_name import parse_product_name
from hotspots.archive.products import Inventory, IssueStatus, Product, ProductIssue

__all__ = ["Visit", "group_visits", "orbit_of_folder", "unassigned_issues"]

_FOLDER = re.compile(r"jnojir_[12](\d{3})|orbit_?(\d{1,3})", re.IGNORECASE)

_NEIGHBOURHOOD = timedelta(days=2)
"""Products this close in time are of one orbit: Juno's orbits last weeks."""

_NEIGHBOURS = 5
"""Products to look at on either side in time."""

_GAP = timedelta(hours=12)
"""A pause this long separates two visits whose orbit nobody knows."""


@dataclass(frozen=True)
class Visit:
    """What one orbit left in the archive.

    Parameters
    ----------
    name : str
        ``PJ53``, or ``T20230731`` (date of the first file) where nothing tells the orbit.
    orbit : int or None
        Number of the orbit.
    products : tuple of Product
        In order of time, with ``orbit`` set to that of the visit. Empty if all failed.
    issues : tuple of ProductIssue
        Files of this orbit that are no products.
    """

    name: str
    orbit: int | None
    products: tuple[Product, ...]
    issues: tuple[ProductIssue, ...]


_Known = Sequence[tuple[datetime, int]]


def group_visits(inventory: Inventory) -> tuple[Visit, ...]:
    """Sort an inventory into visits.

    Parameters
    ----------
    inventory : Inventory
        From `hotspots.archive.find.find_products`.

    Returns
    -------
    tuple of Visit
        By orbit, then those without one by date. Each has a product or a failed one;
        see `unassigned_issues` for what belongs to no visit.
    """
    known = _known_orbits(inventory.products)
    orbits: dict[Product | ProductIssue, int | None] = {}
    times: dict[Product | ProductIssue, datetime] = {}
    for product in inventory.products:
        times[product] = quirks.observation_time(product.start_time_label)
        orbits[product] = _orbit_of_product(product, times[product], known)
    for issue in inventory.issues:
        name = parse_product_name(issue.product_id)
        orbits[issue] = orbit_of_folder(issue.path)
        if name is not None:
            times[issue] = name.time
            if orbits[issue] is None:
                orbits[issue] = _orbit_of_neighbours(name.time, known)
    names = _visit_names(orbits, times)
    visits = [
        Visit(
            name=name,
            orbit=orbit,
            products=tuple(
                replace(item, orbit=orbit) for item in inventory.products if item in members
            ),
            issues=tuple(item for item in inventory.issues if item in members),
        )
        for (name, orbit), members in names.items()
    ]
    wanted = [visit for visit in visits if visit.products or _any_failed(visit.issues)]
    return tuple(sorted(wanted, key=lambda visit: (visit.orbit is None, visit.orbit, visit.name)))


def unassigned_issues(inventory: Inventory, visits: Iterable[Visit]) -> tuple[ProductIssue, ...]:
    """Issues that no visit lists: stray files, and orbits that hold nothing but such.

    Parameters
    ----------
    inventory : Inventory
    visits : iterable of Visit
        What `group_visits` made of it.

    Returns
    -------
    tuple of ProductIssue
    """
    listed = {issue for visit in visits for issue in visit.issues}
    return tuple(issue for issue in inventory.issues if issue not in listed)


def orbit_of_folder(path: Path) -> int | None:
    """Orbit that the names of a file's folders tell, the nearest folder first.

    Parameters
    ----------
    path : Path
        A file, such as ``jnojir_2053/DATA/x.LBL`` or ``data_calibrated/orbit53/x.xml``.

    Returns
    -------
    int or None
    """
    for folder in path.absolute().parents:
        match = _FOLDER.fullmatch(folder.name)
        if match is not None:
            return int(match[1] or match[2])
    return None


def _known_orbits(products: Iterable[Product]) -> _Known:
    known = []
    for product in products:
        told = {product.orbit, orbit_of_folder(product.label_path)} - {None}
        if len(told) == 1:
            (orbit,) = told
            assert orbit is not None
            known.append((quirks.observation_time(product.start_time_label), orbit))
    return sorted(known)


def _orbit_of_product(product: Product, start: datetime, known: _Known) -> int | None:
    label, folder = product.orbit, orbit_of_folder(product.label_path)
    if label is not None and folder is not None and label != folder:
        return folder if _orbit_of_neighbours(start, known) == folder else label
    if label is not None:
        return label
    return folder if folder is not None else _orbit_of_neighbours(start, known)


def _orbit_of_neighbours(time: datetime, known: _Known) -> int | None:
    place = bisect_left(known, (time, -1))
    around = known[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS]
    near = [orbit for other, orbit in around if abs(other - time) <= _NEIGHBOURHOOD]
    return Counter(near).most_common(1)[0][0] if near else None


_Members = set[Product | ProductIssue]


def _visit_names(
    orbits: dict[Product | ProductIssue, int | None], times: dict[Product | ProductIssue, datetime]
) -> dict[tuple[str, int | None], _Members]:
    members: dict[tuple[str, int | None], _Members] = {}
    for item, orbit in orbits.items():
        if orbit is not None:
            members.setdefault((f"PJ{orbit:02d}", orbit), set()).add(item)
    lost = sorted((item for item in times if orbits[item] is None), key=lambda item: times[item])
    name, last = "", datetime.min  # noqa: DTZ901 - earlier than any time in UTC
    for item in lost:
        if not name or times[item] - last > _GAP:
            name = f"T{times[item]:%Y%m%d}"
        last = times[item]
        members.setdefault((name, None), set()).add(item)
    return members


def _any_failed(issues: Iterable[ProductIssue]) -> bool:
    return any(issue.status is IssueStatus.FAILED for issue in issues)
