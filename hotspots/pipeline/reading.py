"""Stage 1: products to raw frames, each of which is usable or has a reason."""

from hotspots.archive.clock import start_et
from hotspots.archive.coverage import kernels_cover
from hotspots.archive.image import missing_packets, read_image
from hotspots.archive.products import Product
from hotspots.archive.visits import Visit
from hotspots.calibration.swaths import RawFrame
from hotspots.catalogue.records import FrameRecord, FrameStatus
from hotspots.config import CalibrationSettings
from hotspots.errors import ArchiveError, KernelError

__all__ = ["read_frames"]


def read_frames(
    visit: Visit, settings: CalibrationSettings
) -> tuple[list[RawFrame], list[FrameRecord]]:
    """Read all images of a visit.

    Parameters
    ----------
    visit : Visit
    settings : CalibrationSettings
        Whether MD5 sums are verified.

    Returns
    -------
    frames : list of RawFrame
        Readable frames whose time the kernels cover, in time order.
    records : list of FrameRecord
        The others, each with its reason.
    """
    records = [
        FrameRecord(product_id=i.product_id, status=FrameStatus(i.status.value), reason=i.reason)
        for i in visit.issues
    ]
    frames = []
    for product in visit.products:
        answer = _read(product, settings)
        if isinstance(answer, FrameRecord):
            records.append(answer)
        else:
            frames.append(answer)
    return sorted(frames, key=lambda f: f.et), records


def _read(product: Product, settings: CalibrationSettings) -> RawFrame | FrameRecord:
    name = product.product_id
    try:
        image = read_image(product, verify_checksum=settings.verify_checksums)
        et = start_et(product)
    except ArchiveError as error:
        # the row names the product; the folder would make runs elsewhere differ
        reason = str(error).removeprefix(f"{product.image_path}: ")
        return FrameRecord(product_id=name, status=FrameStatus.FAILED, reason=reason)
    except KernelError as error:
        return FrameRecord(product_id=name, status=FrameStatus.REJECTED, reason=str(error))
    gap = kernels_cover(et)
    if gap is not None:
        return FrameRecord(product_id=name, status=FrameStatus.REJECTED, reason=gap)
    missing = missing_packets(image)
    if missing.all():
        reason = "no telemetry packet of this image arrived: all samples are zero"
        return FrameRecord(product_id=name, status=FrameStatus.FAILED, reason=reason)
    return RawFrame(product, image, missing, et)
