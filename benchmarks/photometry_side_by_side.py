"""Spectral powers of a catalogue beside the published way and photutils, source by source.

The catalogue is what a run of the pipeline wrote, with the pointing that it solved.  The two
others get what no real observer has: the true pointing of every frame, and the true places.
All are judged on the unsaturated, unblended sources of SNR 10 up that the catalogue found.

    python infer.py archive=sim/archive out=/tmp/found
    python benchmarks/photometry_side_by_side.py sim/archive sim/truth /tmp/found \
        --json benchmarks/results/photometry_side_by_side.json

photutils is used as a careful user would: a circular aperture of 3 pixels, the median of a
ring of 5 to 8 pixels as local background, a mean over the frames weighted by their noise.
The published way has no local background, so that sunlit ground counts; no method of the
three is corrected for the light outside of its box or aperture.
"""

import argparse
import json
import platform
import sys
import warnings
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.find import find_products
from hotspots.archive.kernels import KernelPool
from hotspots.archive.metakernel import find_metakernel
from hotspots.archive.visits import Visit, group_visits
from hotspots.calibration.swaths import calibrate
from hotspots.config import CalibrationSettings, MappingSettings
from hotspots.errors import HotspotsError
from hotspots.evaluation.matching import Match, MatchedVisit
from hotspots.evaluation.published_photometry import average_power, published_powers
from hotspots.evaluation.statistics import quantile
from hotspots.evaluation.summary import match_folders
from hotspots.evaluation.truth import Expectation
from hotspots.geometry.cameras import build_cameras, image_plane_shift
from hotspots.geometry.host import ellipsoid_point
from hotspots.geometry.projection import project_points
from hotspots.geometry.state import FrameStates, frame_states
from hotspots.pipeline.cleaning import clean_swaths
from hotspots.pipeline.pointing import Pointed
from hotspots.pipeline.reading import read_frames
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.swath import Flag, Swath

MIN_SNR = 10.0
APERTURE_PX, RING_PX = 3.0, (5.0, 8.0)
NEWTON_STEPS = 6
OURS, PUBLISHED, PHOTUTILS = "ours", "published way", "photutils"


@dataclass(frozen=True)
class Figures:
    """Measured over true power by one method: how many, bias, scatter, within 30 %.

    `dropped` counts the sources that this method gave no number for; the others are judged
    on those that every method measured.
    """

    band: str
    sources: str
    method: str
    n: int
    median_ratio: float | None
    half_spread: float | None
    within_30_percent: float | None
    dropped: int


def figures(band: str, sources: str, method: str, ratios: list[float], dropped: int) -> Figures:
    """Bias and scatter of ratios."""
    low, high = quantile(ratios, 0.16), quantile(ratios, 0.84)
    within = [1 / 1.3 <= ratio <= 1.3 for ratio in ratios]
    return Figures(
        band=band,
        sources=sources,
        method=method,
        n=len(ratios),
        median_ratio=quantile(ratios, 0.5),
        half_spread=None if low is None or high is None else (high - low) / 2,
        within_30_percent=sum(within) / len(within) if within else None,
        dropped=dropped,
    )


def true_offsets(
    states: FrameStates, shift: NDArray[np.float64], ifov_rad: float
) -> NDArray[np.float64]:
    """Pointing corrections that move the scene by the true shifts (n, 2)."""
    offset = shift.copy()
    for _ in range(NEWTON_STEPS):
        offset += shift - image_plane_shift(states, offset, ifov_rad)
    return offset


def true_swaths(visit: Visit, matched: MatchedVisit) -> dict[str, Swath]:
    """Calibrated frames of a visit with their true pointing, column background removed."""
    mapping = MappingSettings()
    frames, _ = read_frames(visit, CalibrationSettings())
    shifts = {
        f.product_id: (f.dx_px, f.dy_px)
        for f in matched.truth.frames
        if f.shows_io and f.expected in {Expectation.USED, Expectation.ANY}
    }
    swaths, eclipsed, blur = {}, {}, {}
    for band, swath in calibrate(frames, mapping.instrument, mapping.calibration).items():
        chosen = [i for i, name in enumerate(swath.product_ids) if name in shifts]
        if not chosen:
            continue
        mine = swath.select(chosen)
        states = frame_states(mine.et, BANDS[band].spice_frame)
        # the shifts are those of the M half; the correction itself is one of the whole camera
        reference = frame_states(mine.et, BANDS["M"].spice_frame)
        shift = np.array([shifts[name] for name in mine.product_ids], dtype=np.float64)
        ifov_rad = mapping.instrument.ifov_rad
        cameras = build_cameras(states, ifov_rad, offset=true_offsets(reference, shift, ifov_rad))
        swaths[band] = mine.replace(cameras=cameras)
        eclipsed[band] = states.eclipsed
        blur[band] = np.full((len(mine), 2), mapping.instrument.optics_sigma_px)
    pointed = Pointed(swaths, eclipsed, blur, sigma_px={}, records=())
    return clean_swaths(pointed, mapping)[0] if swaths else {}


def photutils_powers(swath: Swath, points_km: NDArray[np.float64]) -> list[float | None]:
    """Powers in an aperture less a local background, averaged over the unsaturated frames."""
    from photutils.aperture import ApertureStats, CircularAnnulus, CircularAperture

    if swath.cameras is None:
        return [None] * len(points_km)
    seen = project_points(swath.cameras, points_km)
    powers: list[float | None] = []
    for k in range(len(points_km)):
        sums, weights = [], []
        for i in range(len(swath)):
            place = (float(seen.sample[i, k]), float(seen.line[i, k]))
            if not seen.facing[i, k] or not _holds(swath, place, RING_PX[1]):
                continue
            unusable = (swath.flags[i] & Flag.unusable()) != 0
            aperture = CircularAperture(place, APERTURE_PX)
            flags = aperture.to_mask().cutout(swath.flags[i])
            if np.any(flags & (Flag.SATURATED | Flag.NONLINEAR | Flag.MISSING)):
                continue
            ring = CircularAnnulus(place, *RING_PX)
            ring_median = ApertureStats(swath.values[i], ring, mask=unusable).median
            total = ApertureStats(swath.values[i] - ring_median, aperture, mask=unusable).sum
            area = (float(seen.range_km[i, k]) * swath.cameras.ifov_rad) ** 2
            unit = float(hemispheric_power_gw_um(BANDS[swath.band], area / seen.cos_emission[i, k]))
            noise = unit * float(np.median(swath.sigma[i]))
            if np.isfinite(total):
                sums.append(unit * float(total))
                weights.append(noise**-2)
        powers.append(float(np.average(sums, weights=weights)) if sums else None)
    return powers


def _holds(swath: Swath, place: tuple[float, float], reach: float) -> bool:
    lines, samples = swath.values.shape[1:]
    return reach <= place[0] <= samples - 1 - reach and reach <= place[1] <= lines - 1 - reach


@dataclass(frozen=True)
class Judged:
    """Measured over true power of one source in one band, by method; NaN where dropped."""

    band: str
    extended: bool
    ratios: dict[str, float]


def judge(archive: Path, truth: Path, found: Path) -> list[Judged]:
    """Every source that the catalogue measured, by all methods."""
    listed: list[Judged] = []
    matched = {visit.truth.visit: visit for visit in match_folders(truth, found)[0]}
    for visit in group_visits(find_products(archive)):
        if visit.name not in matched:
            continue
        pairs = [m for m in matched[visit.name].asked if m.source.stacked_snr >= MIN_SNR]
        pairs = [m for m in pairs if not m.source.saturated and not m.detection.saturated]
        if not pairs:
            continue
        swaths = true_swaths(visit, matched[visit.name])
        places = [(np.array(m.source.lat_deg), np.array(m.source.lon_east_deg)) for m in pairs]
        points_km = np.stack([ellipsoid_point(*place) for place in places])
        for swath in swaths.values():
            listed += _judged(pairs, swath, points_km)
        print(f"{visit.name}: {len(pairs)} sources", flush=True)
    return listed


def _judged(pairs: list[Match], swath: Swath, points_km: NDArray[np.float64]) -> list[Judged]:
    """Sources of one visit in one band."""
    published = [average_power(frames) for frames in published_powers(swath, points_km)]
    aperture = photutils_powers(swath, points_km)
    listed = []
    for match, box, circle in zip(pairs, published, aperture, strict=True):
        source, detection = match.source, match.detection
        measured = detection.m_power if swath.band == "M" else detection.l_power
        if measured.value is None or (swath.band == "L" and not source.n_l_frames):
            continue
        true = source.m_power_gw_um if swath.band == "M" else source.l_power_gw_um
        powers = {OURS: measured.value, PUBLISHED: box, PHOTUTILS: circle}
        ratios = {n: float("nan") if p is None else p / true for n, p in powers.items()}
        listed.append(Judged(swath.band, source.is_extended, ratios))
    return listed


def summarised(judged: list[Judged]) -> list[Figures]:
    """Figures by band, kind of source and method, over sources that all methods measured."""
    rows = []
    for band in ("M", "L"):
        for kind, wanted in (("all", {True, False}), ("points", {False})):
            chosen = [j.ratios for j in judged if j.band == band and j.extended in wanted]
            common = [r for r in chosen if all(np.isfinite(list(r.values())))]
            for method in (OURS, PUBLISHED, PHOTUTILS):
                dropped = sum(np.isnan(ratios[method]) for ratios in chosen)
                values = [ratios[method] for ratios in common]
                rows.append(figures(band, kind, method, values, int(dropped)))
    return rows


def markdown(rows: list[Figures]) -> str:
    """Table of the figures."""
    lines = [
        "| band | sources | method | n | median ratio | half spread | within 30 % | dropped |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        numbers = " | ".join(
            "-" if value is None else f"{value:.3f}"
            for value in (row.median_ratio, row.half_spread, row.within_30_percent)
        )
        lines.append(
            f"| {row.band} | {row.sources} | {row.method} | {row.n} | {numbers} | {row.dropped} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Compare, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("found", type=Path, help="output folder of the pipeline")
    parser.add_argument("--json", type=Path, help="write the figures here, and a .md beside")
    words = parser.parse_args()
    warnings.filterwarnings("ignore", category=UserWarning, module="photutils")
    try:
        with KernelPool(find_metakernel(words.archive)):
            summary = summarised(judge(words.archive, words.truth, words.found))
    except HotspotsError as error:
        print(f"photometry_side_by_side: {error}", file=sys.stderr)
        return 2
    table = markdown(summary)
    print(table)
    if words.json is not None:
        whole = {
            "what": "spectral power, measured over true, of unsaturated sources of SNR 10 up",
            "machine": {"processor": platform.machine()},
            "versions": {name: version(name) for name in ("numpy", "photutils")},
            "results": [asdict(row) for row in summary],
        }
        words.json.write_text(json.dumps(whole, indent=2) + "\n", encoding="utf-8")
        words.json.with_suffix(".md").write_text(table, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
