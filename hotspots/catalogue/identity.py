"""Ids of volcanoes that never change: published ones have theirs, new ones that of their place.

A volcano that is on no list is called after the place where it was first seen, to a tenth
of a degree: ``HS_731S1402E`` is 73.1 south, 140.2 east.  Ids that were given before are
remembered (the ``volcanoes.csv`` of the output folder is the memory): when an earlier visit
is added, or a visit is measured again, the volcano keeps the id it has.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np
from scipy.optimize import linear_sum_assignment

from hotspots.catalogue.linking import LinkedVolcano
from hotspots.catalogue.places import distance_km
from hotspots.catalogue.records import SourceRecord

__all__ = ["place_id", "place_of_id", "volcano_ids"]

SAME_PLACE_KM = 30.0
"""A remembered id goes to a volcano one of whose sources lies so near to the id's place:
some three times `wander_km`, beyond which a link is unlikely too."""

_PATTERN = re.compile(r"HS_(\d{3})([NS])(\d{4})E(?:_\d+)?")


def place_id(lat_deg: float, lon_east_deg: float) -> str:
    """Id of a place on no list, such as ``HS_731S1402E``."""
    north = round(lat_deg * 10.0)
    east = round(lon_east_deg * 10.0) % 3600
    return f"HS_{abs(north):03d}{'S' if north < 0 else 'N'}{east:04d}E"


def place_of_id(volcano_id: str) -> tuple[float, float] | None:
    """Latitude and east longitude in an id of `place_id`, degrees; None for any other id."""
    match = _PATTERN.fullmatch(volcano_id)
    if match is None:
        return None
    north, side, east = match.groups()
    return (-1.0 if side == "S" else 1.0) * int(north) / 10.0, int(east) / 10.0


def volcano_ids(
    volcanoes: Sequence[LinkedVolcano], remembered: Iterable[str] = ()
) -> tuple[str, ...]:
    """Id of each volcano.

    Parameters
    ----------
    volcanoes : sequence of LinkedVolcano
        As `hotspots.catalogue.linking.link_sources` orders them.
    remembered : iterable of str
        Ids of an earlier catalogue of the same folder.

    Returns
    -------
    tuple of str
        All different.
    """
    ids = [one.published.volcano_id if one.published else None for one in volcanoes]
    new = [number for number, one in enumerate(ids) if one is None]
    founded = _numbered([_own_id(volcanoes[number].members[0]) for number in new])
    free = {one for one in remembered if place_of_id(one)}
    for number, own in zip(new, founded, strict=True):
        if own in free:
            ids[number] = own
            free.remove(own)
    rest = [number for number in new if ids[number] is None]
    for number, old in _nearest([volcanoes[number] for number in rest], sorted(free)):
        ids[rest[number]] = old
    taken = {one for one in ids if one}
    for number, own in zip(new, founded, strict=True):
        if ids[number] is None:
            ids[number] = fresh = _untaken(own, taken)
            taken.add(fresh)
    return tuple(one for one in ids if one)


def _own_id(source: SourceRecord) -> str:
    return place_id(source.lat_deg, source.lon_east_deg)


def _numbered(ids: Sequence[str]) -> list[str]:
    """Make ids different that stand for several volcanoes: the second is ``HS_..._2``."""
    counts: Counter[str] = Counter()
    result = []
    for one in ids:
        counts[one] += 1
        result.append(one if counts[one] == 1 else f"{one}_{counts[one]}")
    return result


def _untaken(own: str, taken: set[str]) -> str:
    """Give the id itself, or with the first number that is free."""
    choices = (own if number == 1 else f"{own}_{number}" for number in count(1))
    return next(one for one in choices if one not in taken)


def _nearest(volcanoes: Sequence[LinkedVolcano], ids: Sequence[str]) -> list[tuple[int, str]]:
    """Volcanoes and the ids whose places they hold, one to one, nearest first."""
    places = [place for one in ids if (place := place_of_id(one))]
    if not volcanoes or not places:
        return []
    lat, lon = np.array(places).T
    distance = np.stack(
        [
            np.min([distance_km(s.lat_deg, s.lon_east_deg, lat, lon) for s in one.members], axis=0)
            for one in volcanoes
        ]
    )
    cost = np.where(distance <= SAME_PLACE_KM, distance, 1e6)
    rows, columns = linear_sum_assignment(cost)
    return [
        (int(row), ids[int(column)])
        for row, column in zip(rows, columns, strict=True)
        if distance[row, column] <= SAME_PLACE_KM
    ]
