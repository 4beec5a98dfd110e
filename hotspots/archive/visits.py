"""`Visit`: what the instruments left of one orbit, and the files of it which are no products.

The orbit comes from the label, then from the name of a folder (``jnojir_2053``,
``orbit53``), then from neighbours in time.  Where label and folder disagree, neighbours
in time decide: thousands of labels state a wrong orbit.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hotspots.archive import quirks
from hotspots.archive.product_name import parse_product_name
from hotspots.archive.products import Inventory, IssueStatus, Product, ProductIssue
from hotspots.archive.radiometer.products import RadiometerHour
from hotspots.archive.spectrometer.products import SpectrumProduct

__all__ = ["Visit", "group_visits", "orbit_of_folder", "unassigned_issues"]

_FOLDER = re.compile(r"jnojir_[12](\d{3})|orbit_?(\d{1,3})", re.IGNORECASE)

_NEIGHBOURHOOD = timedelta(days=2)
"""Products this close in time are of one orbit: Juno's orbits last weeks."""

_NEIGHBOURS = 5
"""Products to look at on either side in time."""

_NO_IMAGES = "spectra of an orbit without images, which would show the sources that they are of"

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
    radiometer : tuple of RadiometerHour
        Tables of the microwave radiometer near Io, in order of time.
    spectra : tuple of SpectrumProduct
        Calibrated spectra, in order of time.
    """

    name: str
    orbit: int | None
    products: tuple[Product, ...]
    issues: tuple[ProductIssue, ...]
    radiometer: tuple[RadiometerHour, ...] = ()
    spectra: tuple[SpectrumProduct, ...] = ()


_Known = Sequence[tuple[datetime, int]]

_Members = tuple[int | None, list[Product], list[ProductIssue], list[SpectrumProduct]]


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
    groups: dict[str, _Members] = {}
    for found in _with_names(_located(inventory, known)):
        _, products, issues, spectra = groups.setdefault(found.name, (found.orbit, [], [], []))
        match found.item:
            case Product():
                products.append(replace(found.item, orbit=found.orbit))
            case SpectrumProduct():
                spectra.append(replace(found.item, orbit=found.orbit))
            case ProductIssue():
                issues.append(found.item)
    visits = [
        Visit(name, orbit, tuple(products), tuple(issues), spectra=tuple(spectra))
        for name, (orbit, products, issues, spectra) in groups.items()
        if products or any(issue.status is IssueStatus.FAILED for issue in issues)
    ]
    return tuple(sorted(visits, key=lambda visit: (visit.orbit is None, visit.orbit, visit.name)))


def unassigned_issues(inventory: Inventory, visits: Iterable[Visit]) -> tuple[ProductIssue, ...]:
    """Files that no visit lists: stray ones, and orbits without a single image.

    Parameters
    ----------
    inventory : Inventory
    visits : iterable of Visit
        What `group_visits` made of it.

    Returns
    -------
    tuple of ProductIssue
    """
    visits = tuple(visits)
    listed = {issue for visit in visits for issue in visit.issues}
    joined = {spectrum.label_path for visit in visits for spectrum in visit.spectra}
    alone = [
        ProductIssue(spectrum.product_id, spectrum.label_path, IssueStatus.IGNORED, _NO_IMAGES)
        for spectrum in inventory.spectra
        if spectrum.label_path not in joined
    ]
    return (*(issue for issue in inventory.issues if issue not in listed), *alone)


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


def _orbit_of_product(
    product: Product | SpectrumProduct, start: datetime, known: _Known
) -> int | None:
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


@dataclass(frozen=True)
class _Located:
    """A product of either kind or an issue in time and orbit, as far as they are known."""

    item: Product | SpectrumProduct | ProductIssue
    time: datetime | None
    orbit: int | None
    name: str = ""


def _located(inventory: Inventory, known: _Known) -> Iterator[_Located]:
    products: tuple[Product | SpectrumProduct, ...] = (*inventory.products, *inventory.spectra)
    for product in products:
        start = quirks.observation_time(product.start_time_label)
        yield _Located(product, start, _orbit_of_product(product, start, known))
    for issue in inventory.issues:
        name, orbit = parse_product_name(issue.product_id), orbit_of_folder(issue.path)
        time = None if name is None else name.time
        if orbit is None and time is not None:
            orbit = _orbit_of_neighbours(time, known)
        yield _Located(issue, time, orbit)


def _with_names(located: Iterable[_Located]) -> Iterator[_Located]:
    lost: list[tuple[datetime, _Located]] = []
    for found in located:
        if found.orbit is not None:
            yield replace(found, name=f"PJ{found.orbit:02d}")
        elif found.time is not None:
            lost.append((found.time, found))
    name, last = "", datetime.min.replace(tzinfo=UTC)
    for time, found in sorted(lost, key=lambda pair: pair[0]):
        if not name or time - last > _GAP:
            name = f"T{time:%Y%m%d}"
        last = time
        yield replace(found, name=name)
