"""Visits whose sources lie where no volcano is known: their pointing is in doubt.

In a visit that is pointed rightly, half of the sources or more lie at published hot spots or
at places of earlier visits; moved by 60 km, a fifth of them at most do, by chance (six
simulated visits in the published population).  Every bright source of a misplaced visit
would look like a new volcano.
"""

from collections import Counter
from collections.abc import Sequence

from hotspots.catalogue.volcanoes import Volcano

__all__ = ["misplaced_visits"]

LEAST_KNOWN = 1.0 / 3.0
"""Part of a visit's sources that lie at known places, between the two cases above."""

ENOUGH = 10
"""Fewer sources say nothing of a visit."""


def misplaced_visits(volcanoes: Sequence[Volcano]) -> tuple[str, ...]:
    """Visits with enough sources of which too few lie at known places, sorted."""
    sources: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for volcano in volcanoes:
        for number, source in enumerate(volcano.members):
            sources[source.visit] += 1
            known[source.visit] += volcano.published is not None or number > 0
    return tuple(
        sorted(
            visit
            for visit, count in sources.items()
            if count >= ENOUGH and known[visit] < LEAST_KNOWN * count
        )
    )
