"""Damaged products: what happens to files between the spacecraft and a reader's disk."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

import numpy as np
import spiceypy

from hotspots.archive.kernels import KernelPool
from hotspots.archive.product_name import parse_product_name
from hotspots.archive.products import Product
from hotspots.simulation.aiming import FrameKind
from hotspots.simulation.frame_products import Clock
from hotspots.simulation.kernels import kernels_before_visits
from hotspots.simulation.visit import SimulatedVisit

__all__ = ["DamagedProduct", "Defect", "damaged_products"]

AFTER_A_FRAME_S = 4
OUT_OF_COVERAGE_S = 7200


class Defect(StrEnum):
    """What is wrong with a product."""

    TRUNCATED = "truncated"
    """The image file ends early."""
    NO_IMAGE = "no_img"
    """A label without its image."""
    GARBLED = "garbled"
    """Bytes of the label are not text."""
    CHECKSUM = "md5"
    """The image is not the one that the label was written for."""
    NO_ATTITUDE = "no_ck"
    """Whole, but the kernels do not cover its time."""


@dataclass(frozen=True)
class DamagedProduct:
    """A product that nobody can use.

    Parameters
    ----------
    product : Product
        As its label says, or would say.
    defect : Defect
    frame : int
        Place in `SimulatedVisit.frames` of the frame that its image repeats.
    """

    product: Product
    defect: Defect
    frame: int


def damaged_products(visit: SimulatedVisit, count: int) -> tuple[DamagedProduct, ...]:
    """Draw damaged products to put beside the good ones.

    Parameters
    ----------
    visit : SimulatedVisit
    count : int
        At most; one defect after the other, one a frame of Io.

    Returns
    -------
    tuple of DamagedProduct
        The same for the same visit.
    """
    rng = np.random.default_rng([visit.seed, visit.orbit])
    on_io = [i for i, kind in enumerate(visit.kinds) if kind is FrameKind.IO]
    defects = list(Defect)
    first = int(rng.integers(len(defects)))
    chosen = rng.permutation(on_io)[:count]
    damaged = []
    with KernelPool(kernels_before_visits(visit.metakernel)):
        for i, frame in enumerate(chosen):
            defect = defects[(first + i) % len(defects)]
            source = visit.frames[frame].product
            delay = OUT_OF_COVERAGE_S if defect is Defect.NO_ATTITUDE else AFTER_A_FRAME_S
            damaged.append(DamagedProduct(_later(source, visit.orbit, delay), defect, int(frame)))
    return tuple(damaged)


def _later(product: Product, orbit: int, delay_s: int) -> Product:
    """The product that the same frame would have made some seconds later."""
    start, stop = (
        Clock.of_label(text).later(delay_s) for text in (product.start_clock, product.stop_clock)
    )
    name = parse_product_name(product.product_id)
    assert name is not None  # it was made here
    time = name.time + timedelta(seconds=delay_s)
    product_id = f"JIR_IMG_{name.level}_{time:%Y%jT%H%M%S}_V{name.version:02d}"
    return replace(
        product,
        product_id=product_id,
        label_path=product.label_path.with_stem(product_id),
        image_path=product.image_path.with_stem(product_id),
        start_clock=start.label(orbit),
        stop_clock=stop.label(orbit),
        start_time_label=str(spiceypy.et2utc(start.et, "ISOC", 3)),
        stop_time_label=str(spiceypy.et2utc(stop.et, "ISOC", 3)),
        log=None,
    )
