"""Links over the visits of an output folder against the names in their truth, and alerts.

    python infer.py archive=../shared/sample/archive out=/tmp/found
    python benchmarks/links_against_truth.py ../shared/sample/truth /tmp/found

With ``--plant`` an outburst is put into one visit's table, where nothing lies in any, in a
copy of the folder, and the alerts of the copy are compared with those before.
"""

import argparse
import json
import os
import platform
import shutil
import sys
from dataclasses import asdict, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hotspots.catalogue.alerts import Alert
from hotspots.catalogue.places import distance_km
from hotspots.catalogue.published import published_hotspots
from hotspots.catalogue.records import SourceRecord
from hotspots.config import AcrossVisitsSettings, ProductSettings
from hotspots.errors import HotspotsError
from hotspots.evaluation.links import read_links, score_links
from hotspots.products.catalogue import finished_visits, read_catalogue, write_catalogue
from hotspots.products.tables import read_sources, write_sources

PLAIN = ProductSettings(geopackage=False, geojson=False)
CLEAR_KM = 250.0
"""A planted outburst lies so far from every source and every published hot spot."""


def planted(sources: tuple[SourceRecord, ...], visit: str, factor: float) -> SourceRecord:
    """An outburst of so many times the visit's median power, at a clear place near a source."""
    own = sorted(
        (one for one in sources if one.visit == visit and one.m_power_gw_um),
        key=lambda one: one.m_power_gw_um or 0.0,
    )
    places = [(one.lat_deg, one.lon_east_deg) for one in (*sources, *published_hotspots())]
    lat, lon = zip(*places, strict=True)
    typical = own[len(own) // 2]
    for step in range(1, 3600):
        place = (typical.lat_deg + 0.7 * step) % 120.0 - 60.0, (typical.lon_east_deg + step) % 360.0
        if float(distance_km(*place, lat, lon).min()) > CLEAR_KM:
            power = factor * (typical.m_power_gw_um or 0.0)
            return replace(
                typical,
                source_id=f"{visit}_planted",
                lat_deg=place[0],
                lon_east_deg=place[1],
                m_power_gw_um=power,
                m_power_lo_gw_um=0.94 * power,
                m_power_hi_gw_um=1.06 * power,
                p_hotspot=1.0,
                p_lava_lake=0.0,
            )
    msg = f"{visit}: no clear place"
    raise SystemExit(msg)


def alerts_with_outburst(out: Path, visit: str, factor: float) -> tuple[Alert, ...]:
    """Alerts of a copy of the folder in which a visit has an outburst."""
    source = planted(read_catalogue(out), visit, factor)
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "out"
        shutil.copytree(out, copy)
        table = copy / visit / "hotspots.csv"
        write_sources(table, [*read_sources(table), source])
        return write_catalogue(copy, PLAIN, AcrossVisitsSettings(plotted=0)).alerts


def main() -> int:
    """Print the score as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("truth", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--json", type=Path, help="file for the result")
    parser.add_argument("--plant", type=float, default=300.0, help="times the median power")
    words = parser.parse_args()
    try:
        before = write_catalogue(words.out, PLAIN).alerts
        score = score_links(read_links(words.truth, words.out))
        visits = [folder.name for folder in finished_visits(words.out)]
        after = {visit: alerts_with_outburst(words.out, visit, words.plant) for visit in visits}
    except HotspotsError as error:
        print(f"links_against_truth: {error}", file=sys.stderr)
        return 2
    ids = {(one.visit, one.source_id) for one in before}
    result = {
        "what": "pairs of detections of named sources in different visits, against the truth; "
        f"alerts; and alerts that one planted source of {words.plant:g} times the median adds",
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "links": asdict(score),
        "alerts": [asdict(one) for one in before],
        "alerts_added_by_an_outburst": {
            visit: [one.source_id for one in found if (one.visit, one.source_id) not in ids]
            for visit, found in after.items()
        },
    }
    text = json.dumps(result, indent=1) + "\n"
    print(text, end="")
    if words.json is not None:
        words.json.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
