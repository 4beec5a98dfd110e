"""One archive with everything that goes wrong: each a clear reason, nothing else lost."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from hotspots.catalogue.records import FrameRecord, FrameStatus
from hotspots.cli.infer import main
from hotspots.products.tables import read_frames, read_sources
from tests.helpers.example import (
    EXAMPLE_ARCHIVE,
    copy_product,
    edit_label,
    image_of,
    label_of,
    seal,
)

DATA = "jnojir_2053/DATA"
WHOLE = ("044112", "044416", "044517")
ESCAPED = "043900"
UNCOVERED = "064300"


def damage(archive: Path) -> None:
    """Spoil one product in each way; `WHOLE` stay as they are.

    The example itself brings a truncated image, a label without image, and Jupiter.
    """
    label_of(archive, "045022").unlink()
    label_of(archive, "044011").write_bytes(bytes(range(256)) * 12)
    with image_of(archive, "044618").open("r+b") as image:
        image.seek(1000)
        image.write(b"\x00\x00\x80\x3f")
    pixels = np.fromfile(image_of(archive, "044213"), "<f4").reshape(128, 432)
    pixels[:, 144:288] = 0
    pixels.tofile(image_of(archive, "044213"))
    seal(label_of(archive, "044213"))

    outside = archive.parent / "outside.IMG"
    shutil.copy(image_of(archive, "044416"), outside)
    escaped = copy_product(
        label_of(archive, "044416"),
        label_of(archive, ESCAPED),
        start="2023-07-31T04:38:59.000",
        clock_s=744050789,
        orbit=53,
    )
    escaped.with_suffix(".IMG").unlink()
    edit_label(escaped, POINTER='"../../../outside.IMG"')

    copy_product(
        label_of(archive, "044416"),
        label_of(archive, UNCOVERED),
        start="2023-07-31T06:43:00.000",
        clock_s=744058231,
        orbit=53,
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    """Output folder of a run over the damaged archive."""
    folder = tmp_path_factory.mktemp("bad-input")
    archive = Path(shutil.copytree(EXAMPLE_ARCHIVE, folder / "archive"))
    damage(archive)
    words = [f"archive={archive}", f"out={folder / 'out'}", "backend=cpu", "products.cogs=false"]
    assert main(words) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def frames(out) -> dict[str, FrameRecord]:
    """Fates of the products by the time of day in their names."""
    records = read_frames(out / "PJ53" / "frames.csv")
    by_time = {record.product_id[-10:-4]: record for record in records}
    assert len(by_time) == len(records)
    return by_time


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("045154", ("bytes",)),
        ("044345", ("without",)),
        ("045022", ("without a label",)),
        ("044011", ("label",)),
        ("044618", ("MD5",)),
        (ESCAPED, ("outside.IMG", "beside")),
    ],
    ids=["truncated", "no image", "no label", "garbled", "checksum", "pointer leaves folder"],
)
def test_damaged_product_fails_with_its_reason(frames, time, words):
    assert frames[time].status is FrameStatus.FAILED
    for word in words:
        assert word.lower() in frames[time].reason.lower()
    assert frames[time].dx_px is None


def test_jupiter_is_rejected_with_its_reason(frames):
    assert frames["045142"].status is FrameStatus.REJECTED
    assert "Io" in frames["045142"].reason


def test_frame_outside_the_kernels_is_rejected_with_its_reason(frames):
    assert frames[UNCOVERED].status in {FrameStatus.REJECTED, FrameStatus.FAILED}
    assert "kernel" in frames[UNCOVERED].reason


def test_lost_packets_spoil_nothing_but_themselves(frames):
    assert frames["044213"].status is not FrameStatus.FAILED


def test_whole_frames_are_used_all_the_same(frames, out):
    assert all(frames[time].status is FrameStatus.USED for time in WHOLE)
    assert len(read_sources(out / "PJ53" / "hotspots.csv")) > 10


def test_nothing_is_lost_from_the_list(frames):
    example = {path.stem[-10:-4] for path in EXAMPLE_ARCHIVE.rglob("JIR_IMG_*.*")}
    assert set(frames) == example | {ESCAPED, UNCOVERED}


def test_visit_of_nothing_but_damage_ends_with_the_reasons(tmp_path, capsys):
    archive = Path(shutil.copytree(EXAMPLE_ARCHIVE, tmp_path / "archive"))
    for image in (archive / DATA).glob("JIR_IMG_*.IMG"):
        image.write_bytes(image.read_bytes()[:1000])
    out = tmp_path / "out"
    assert main([f"archive={archive}", f"out={out}", "backend=cpu"]) == 0
    assert "no sources" in capsys.readouterr().out
    fates = read_frames(out / "PJ53" / "frames.csv")
    assert {frame.status for frame in fates} == {FrameStatus.FAILED}
    assert read_sources(out / "PJ53" / "hotspots.csv") == ()
