"""Files of a simulated visit, in the form and with the faults of the archive."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from hotspots.errors import ProductError
from hotspots.simulation.damage import DamagedProduct, Defect
from hotspots.simulation.frame_products import image_bytes, image_folder
from hotspots.simulation.kernels import attitude_kernel, trajectory_kernel
from hotspots.simulation.labels import image_label, log_label
from hotspots.simulation.log_rows import encode_log_row
from hotspots.simulation.visit import SimulatedVisit

__all__ = ["KERNEL_FOLDER", "copy_kernels", "write_products", "write_visit"]

KERNEL_FOLDER = "kernels"

TRUNCATED_PART = 0.37
WRONG_BYTE = b"\x07"


def write_visit(
    visit: SimulatedVisit, archive: Path, damaged: Sequence[DamagedProduct] = ()
) -> Path:
    """Write images, labels, LOG tables and kernels of one visit.

    Parameters
    ----------
    visit : SimulatedVisit
    archive : Path
        Folder of the archive, made where it does not exist.
    damaged : sequence of DamagedProduct
        Put beside the good products.

    Returns
    -------
    Path
        Folder of the images, ``archive/jnojir_2NNN/DATA`` (EDR: ``1NNN``).  The metakernel
        is not written: `hotspots.simulation.kernels.write_metakernel` names all visits.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    folder = archive / image_folder(visit.orbit, visit.level)
    write_products(visit, folder, damaged)
    copy_kernels(visit, archive / KERNEL_FOLDER)
    return folder


def write_products(
    visit: SimulatedVisit, folder: Path, damaged: Sequence[DamagedProduct] = ()
) -> None:
    """Write images, labels and LOG tables into one folder, made where it does not exist.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for i, frame in enumerate(visit.frames):
            product = frame.product
            (folder / product.image_path.name).write_bytes(image_bytes(frame.image, product.level))
            (folder / product.label_path.name).write_bytes(_label(visit, i))
            if product.log is not None:
                name = product.product_id.replace("JIR_IMG", "JIR_LOG_IMG")
                (folder / f"{name}.TAB").write_bytes(encode_log_row(product.log))
                (folder / f"{name}.LBL").write_bytes(log_label(product))
        for one in damaged:
            _write_damaged(visit, one, folder)
    except OSError as error:
        msg = f"{folder}: cannot be written ({error.strerror}); choose another folder"
        raise ProductError(msg) from error


def copy_kernels(visit: SimulatedVisit, folder: Path) -> None:
    """Copy trajectory and attitude of a visit to a folder, made where it does not exist.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    source = visit.metakernel.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in (trajectory_kernel(visit.name), attitude_kernel(visit.name)):
            if (folder / name) != (source / name):
                shutil.copyfile(source / name, folder / name)
    except OSError as error:
        msg = f"{folder}: cannot be written ({error.strerror}); choose another folder"
        raise ProductError(msg) from error


def _label(visit: SimulatedVisit, frame: int, damaged: DamagedProduct | None = None) -> bytes:
    product = visit.frames[frame].product if damaged is None else damaged.product
    return image_label(
        product,
        old_style=visit.plan.old_style,
        state=visit.m_states.select([frame]),
        sequence_samples=len(visit.frames) + 1,
    )


def _write_damaged(visit: SimulatedVisit, one: DamagedProduct, folder: Path) -> None:
    image = image_bytes(visit.frames[one.frame].image, one.product.level)
    label = _label(visit, one.frame, one)
    match one.defect:
        case Defect.TRUNCATED:
            image = image[: int(TRUNCATED_PART * len(image))]
        case Defect.CHECKSUM:
            values = np.frombuffer(image, dtype=np.uint8).copy()
            values[:: len(values) // 7] ^= 1  # the lowest bits of a few samples
            image = values.tobytes()
        case Defect.GARBLED:
            middle = len(label) // 2
            label = label[:middle] + WRONG_BYTE * 80 + label[middle + 80 :]
        case Defect.NO_IMAGE | Defect.NO_ATTITUDE:
            pass
    (folder / one.product.label_path.name).write_bytes(label)
    if one.defect is not Defect.NO_IMAGE:
        (folder / one.product.image_path.name).write_bytes(image)
