"""One flyby of the radiometer end to end: seconds and memory of ``infer.py``.

A flyby of 12,000 rows and six channels (24 minutes at the fast rate, 1,500 km) is simulated
once, then ``infer.py`` takes it from tables to maps, tables and pictures in a process of its
own on two cores.  On a machine that others use too the wall time says little, and the processor
time more.

    python benchmarks/radiometer_throughput.py [ARCHIVE]
"""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

from hotspots.observer import SilentObserver
from hotspots.simulation.radiometer.archive import simulate_radiometer_archive
from hotspots.simulation.radiometer.passage import PassageRanges
from hotspots.simulation.radiometer.settings import SimulateRadiometerSettings
from hotspots.simulation.ranges import Range

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"
CORES = 2
WANTED_SECONDS, WANTED_GIB = 60.0, 2.0


def simulated(folder: Path) -> Path:
    """Archive of one flyby of 12,000 rows."""
    settings = SimulateRadiometerSettings(
        out=folder,
        visits=1,
        seed=3,
        first_orbit=57,
        last_orbit=57,
        side=32,
        passage=PassageRanges(
            altitude_km=Range.fixed(1500.0), minutes=Range.fixed(12.0), row_spacing_s=0.12
        ),
    )
    return simulate_radiometer_archive(settings, SilentObserver()).archive


def rows_of(archive: Path) -> int:
    """Rows of the instrument tables, headings not counted."""
    return sum(path.read_bytes().count(b"\n") - 1 for path in archive.rglob("MWR??RI*.CSV"))


def main(arguments: list[str]) -> int:
    """Time one run and write ``results/radiometer_throughput.json``."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        archive = Path(arguments[0]) if arguments else simulated(folder)
        # matrices of some hundred rows: threads of the BLAS would wait for each other
        threads = {
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "NUMBA_NUM_THREADS": str(CORES),
        }
        words = [f"archive={archive}", f"out={folder / 'out'}", "backend=cpu"]
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, str(ROOT / "infer.py"), *words], env=os.environ | threads, check=True
        )
        seconds = time.perf_counter() - start
        rows = rows_of(archive)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    gib = used.ru_maxrss / 2**20
    report = {
        "what": "infer.py on one flyby of the radiometer: tables to maps, tables and pictures; "
        "wall time, processor time and peak memory of the process, start of Python included",
        "rows": rows,
        "channels": 6,
        "seconds": seconds,
        "processor_seconds": used.ru_utime + used.ru_stime,
        "peak_gib": gib,
        "wanted": {"seconds": WANTED_SECONDS, "gib": WANTED_GIB},
        "machine": {"processor": platform.processor() or platform.machine(), "cores": CORES},
        "versions": {name: version(name) for name in ("numpy", "scipy", "numba", "pandas")},
    }
    print(json.dumps(report, indent=2))
    path = RESULTS / "radiometer_throughput.json"
    path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return 0 if seconds < WANTED_SECONDS and gib < WANTED_GIB else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
