"""Truth about the products of a visit: what each shows, and where it really looked."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.kernels import KernelPool
from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.geometry.cameras import (
    ARRAY_MIDDLE,
    corrected_rotation,
    image_plane_shift,
    pixel_of_centre,
)
from hotspots.geometry.intersect import intersect, on_device
from hotspots.simulation.aiming import FrameKind
from hotspots.simulation.damage import DamagedProduct, Defect
from hotspots.simulation.frame_products import Clock
from hotspots.simulation.kernels import kernels_before_visits
from hotspots.simulation.visit import BandTruth, SimulatedVisit

__all__ = ["FRAME_COLUMNS", "disc_fraction", "frame_rows"]

FRAME_COLUMNS = (
    *("product", "kind", "defect", "is_io", "bands", "t_exp_s", "start_et", "start_utc"),
    *("range_km", "km_per_px", "dx", "dy", "dx_rot", "dy_rot", "io_line", "io_sample"),
    *("disc_fraction_M", "eclipse", "zero_packets", "expected"),
)

STEP_PX = 4
"""Io's part of a frame is counted on every fourth sample of every fourth line."""

LEAST_DISC_FRACTION = 0.01
"""A frame with less of Io may be used or not: 550 samples, half of them dark, hardly place it."""

PACKET_SAMPLES = 144


def disc_fraction(truth: BandTruth) -> NDArray[np.float64]:
    """Part of each frame's samples that look at Io, (k,)."""
    lines, samples = np.meshgrid(
        np.arange(STEP_PX / 2 - 0.5, BAND_LINES, STEP_PX, dtype=np.float32),
        np.arange(STEP_PX / 2 - 0.5, SAMPLES, STEP_PX, dtype=np.float32),
        indexing="ij",
    )
    hit, _, _ = intersect(on_device(truth.cameras, lines), samples[None], lines[None])
    return np.asarray(hit.mean(axis=(1, 2)), dtype=np.float64)


def frame_rows(
    visit: SimulatedVisit, damaged: Sequence[DamagedProduct] = ()
) -> Iterator[dict[str, str]]:
    """Rows of the table of frames, by product.

    Parameters
    ----------
    visit : SimulatedVisit
    damaged : sequence of DamagedProduct
        Products beside the frames.

    Yields
    ------
    dict of str to str
        One value for each of `FRAME_COLUMNS`; ``dx`` and ``dy`` as defined for the
        products (`hotspots.geometry.cameras.image_plane_shift`, M half), ``dx_rot`` and
        ``dy_rot`` the same as angles in pixels.
    """
    rows = [_good_row(visit, i, part) for i, part in enumerate(_parts_on_io(visit))]
    with KernelPool(kernels_before_visits(visit.metakernel)):
        rows += [_damaged_row(one, rows[one.frame]) for one in damaged]
    yield from sorted(rows, key=lambda row: row["product"])


def _parts_on_io(visit: SimulatedVisit) -> list[dict[str, float]]:
    parts: list[dict[str, float]] = [{} for _ in visit.frames]
    for band, truth in visit.bands.items():
        for place, part in zip(truth.frames, disc_fraction(truth), strict=True):
            parts[place][band] = float(part)
    return parts


def _good_row(visit: SimulatedVisit, i: int, part: dict[str, float]) -> dict[str, str]:
    frame = visit.frames[i]
    product, state = frame.product, visit.m_states.select([i])
    offset = visit.offset_px[[i]]
    ifov = visit.instrument.ifov_rad
    shift = image_plane_shift(state, offset, ifov)[0]
    centre = pixel_of_centre(state, corrected_rotation(state.rotation, offset, ifov), ifov)[0]
    outside = not (0 <= centre[0] < SAMPLES and 0 <= centre[1] < BAND_LINES)
    sample, line = ARRAY_MIDDLE if outside else centre
    distance = float(np.linalg.norm(state.position_km[0]))
    lost = frame.missing[::BAND_LINES, ::PACKET_SAMPLES]
    packets = [f"{BAND_LINES * r},{PACKET_SAMPLES * c}" for r, c in np.argwhere(lost)]
    return {
        "product": product.product_id,
        "kind": str(visit.kinds[i]),
        "defect": "",
        "is_io": str(int(max(part.values(), default=0.0) > 0)),
        "bands": "".join(product.bands),
        "t_exp_s": f"{product.exposure_s:g}",
        "start_et": f"{frame.et:.6f}",
        "start_utc": product.start_time_label,
        "range_km": f"{distance:.1f}",
        "km_per_px": f"{distance * ifov:.4f}",
        "dx": f"{shift[0]:.3f}",
        "dy": f"{shift[1]:.3f}",
        "dx_rot": f"{offset[0, 0]:.3f}",
        "dy_rot": f"{offset[0, 1]:.3f}",
        "io_line": f"{line:.2f}",
        "io_sample": f"{sample:.2f}",
        "disc_fraction_M": f"{part.get('M', 0.0):.4f}",
        "eclipse": str(int(state.eclipsed[0])),
        "zero_packets": ";".join(packets),
        "expected": _expected(visit.kinds[i], part, whole=not packets),
    }


def _expected(kind: FrameKind, part: dict[str, float], *, whole: bool) -> str:
    """What a careful reader does with a frame."""
    if kind is not FrameKind.IO:
        return "rejected"
    return "used" if whole and part.get("M", 0.0) >= LEAST_DISC_FRACTION else "any"


def _damaged_row(one: DamagedProduct, row: dict[str, str]) -> dict[str, str]:
    """Row of a damaged product: that of the frame it repeats, but for what is its own."""
    unplaced = one.defect is Defect.NO_ATTITUDE
    clock = Clock.of_label(one.product.start_clock)
    changes = {
        "product": one.product.product_id,
        "kind": str(one.defect) if unplaced else row["kind"],
        "defect": "" if unplaced else str(one.defect),
        "is_io": "0",
        "start_et": f"{clock.et:.6f}",
        "start_utc": one.product.start_time_label,
        "expected": "rejected" if unplaced else "bad",
    }
    if unplaced:
        changes |= {"range_km": "", "km_per_px": "", "disc_fraction_M": "0.0000", "eclipse": ""}
    return row | changes
