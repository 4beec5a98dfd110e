"""`with_radiometer`: hours of the radiometer go to the visit of their orbit.

The orbit stands in the file's name and is counted as the camera's, from apojove to
apojove, so that both instruments of one encounter share one visit.
"""

from collections.abc import Iterable
from dataclasses import replace

from hotspots.archive.radiometer.products import RadiometerHour
from hotspots.archive.visits import Visit

__all__ = ["with_radiometer"]


def with_radiometer(visits: Iterable[Visit], hours: Iterable[RadiometerHour]) -> tuple[Visit, ...]:
    """Add hours to visits; an orbit that has no visit yet gets one.

    Parameters
    ----------
    visits : iterable of Visit
        From `hotspots.archive.visits.group_visits`.
    hours : iterable of RadiometerHour
        Those near Io, in order of time.

    Returns
    -------
    tuple of Visit
        By orbit, then those without one by name.
    """
    of_orbit: dict[int, list[RadiometerHour]] = {}
    for hour in hours:
        of_orbit.setdefault(hour.orbit, []).append(hour)
    joined = [
        replace(visit, radiometer=tuple(of_orbit.pop(visit.orbit, ())))
        if visit.orbit is not None
        else visit
        for visit in visits
    ]
    joined += [
        Visit(f"PJ{orbit:02d}", orbit, (), (), tuple(found)) for orbit, found in of_orbit.items()
    ]
    return tuple(sorted(joined, key=lambda visit: (visit.orbit is None, visit.orbit, visit.name)))
