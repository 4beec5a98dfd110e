"""The shipped example, and ways to damage a copy of it."""

import hashlib
import re
import shutil
from pathlib import Path

__all__ = [
    "EXAMPLE_ARCHIVE",
    "GOOD_FRAMES",
    "copy_product",
    "edit_label",
    "image_of",
    "label_of",
    "seal",
]

EXAMPLE_ARCHIVE = Path(__file__).parents[2] / "examples" / "archive"

GOOD_FRAMES = ("044011", "044112", "044213", "044416", "044517", "044618", "045022")
"""Times of day in the names of the frames that show Io and are whole."""


def label_of(archive: Path, time: str) -> Path:
    """Label of the image product with this time of day in its name."""
    return archive / "jnojir_2053" / "DATA" / f"JIR_IMG_RDR_2023212T{time}_V01.LBL"


def image_of(archive: Path, time: str) -> Path:
    """Image of the product with this time of day in its name."""
    return label_of(archive, time).with_suffix(".IMG")


def edit_label(label: Path, **values: str) -> None:
    """Exchange the values of keywords; ``POINTER`` stands for ``^IMAGE``."""
    text = label.read_text(encoding="ascii")
    for key, value in values.items():
        keyword = r"\^IMAGE" if key == "POINTER" else re.escape(key)
        pattern = rf"^(\s*{keyword}\s*=\s*)[^\r\n]*"
        text, count = re.subn(pattern, rf"\g<1>{value}", text, flags=re.MULTILINE)
        assert count == 1, f"{label.name} has {count} lines of {key}"
    label.write_bytes(text.encode("ascii"))


def seal(label: Path) -> None:
    """State the true MD5 sum of the image in its label."""
    digest = hashlib.md5(label.with_suffix(".IMG").read_bytes(), usedforsecurity=False)
    edit_label(label, MD5_CHECKSUM=f'"{digest.hexdigest()}"')


def copy_product(label: Path, target: Path, *, start: str, clock_s: int, orbit: int) -> Path:
    """Copy a product to another time; ``target`` is the new label.

    The exposure stays 2 ms: ``start`` ends in milliseconds, the clock in ``:00000``.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(label, target)
    shutil.copy(label.with_suffix(".IMG"), target.with_suffix(".IMG"))
    edit_label(
        target,
        PRODUCT_ID=target.stem,
        START_TIME=start,
        STOP_TIME=f"{start[:-1]}{int(start[-1]) + 2}",
        SPACECRAFT_CLOCK_START_COUNT=f'"5/{clock_s}:00000"',
        SPACECRAFT_CLOCK_STOP_COUNT=f'"5/{clock_s}:00131"',
        ORBIT_NUMBER=str(orbit),
        POINTER=f'"{target.stem}.IMG"',
    )
    return target
