"""Maps and lava fractions of the radiometer against the truth of simulated flybys.

    python -m hotspots.simulate_radiometer out=sim visits=4
    python infer.py archive=sim/archive out=found
    python benchmarks/radiometer_against_truth.py sim/truth found

Several pairs of truth and output folders may be named.  Figures go to the screen and, with
``--json``, into a file with the machine named.
"""

import argparse
import json
import platform
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hotspots.errors import HotspotsError
from hotspots.evaluation.radiometer import score_channels, score_lava
from hotspots.evaluation.radiometer_truth import read_radiometer_truth
from hotspots.products.radiometer import read_radiometer


def flyby_figures(truth_folder: Path, found: Path) -> dict[str, Any]:
    """All figures of one flyby."""
    truth = read_radiometer_truth(truth_folder)
    records = read_radiometer(found / "radiometer.csv")
    notes = json.loads((truth_folder / "truth.json").read_text(encoding="utf-8"))
    return {
        "visit": truth_folder.name,
        "least_distance_km": round(float(notes["min_range_km"])),
        "true_lava_fraction": round(float(truth.lava_fraction.mean()), 4),
        "channels": [asdict(score) for score in score_channels(records, truth)],
        "lava": asdict(score_lava(records, truth)),
        "bad_rows_put_in": truth.bad_rows,
    }


def line(flyby: dict[str, Any]) -> str:
    """One flyby in two lines."""
    per_channel = "  ".join(
        f"{one['channel']}: {one['bias_k']:+.1f} {one['rms_k']:.1f} K {one['coverage']:.2f}"
        for one in flyby["channels"]
        if one["cells"]
    )
    lava = {name: "-" if value is None else f"{value:.3f}" for name, value in flyby["lava"].items()}
    return (
        f"{flyby['visit']} at {flyby['least_distance_km']} km from the centre\n"
        f"  bias, rms, coverage: {per_channel}\n"
        f"  lava: AUC {lava['area_under_curve']}, called warm {lava['called_warm_2_sigma']}, "
        f"fraction {lava['fraction']} of {lava['true_fraction']}"
    )


def main() -> int:
    """Compare, print, and write the figures where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, help="truth and output, by turns")
    parser.add_argument("--json", type=Path)
    words = parser.parse_args()
    if len(words.folders) % 2:
        parser.error("wanted pairs of folders: truth, output")
    flybys = []
    try:
        for truth, found in zip(words.folders[::2], words.folders[1::2], strict=True):
            for folder in sorted(path.parent for path in truth.glob("*/maps.npz")):
                flybys.append(flyby_figures(folder, found / folder.name))
                sys.stdout.write(line(flybys[-1]) + "\n")
    except HotspotsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if words.json:
        figures = {"machine": platform.processor() or platform.machine(), "flybys": flybys}
        words.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
