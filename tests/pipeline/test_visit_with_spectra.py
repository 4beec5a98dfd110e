"""Spectra beside the images of the shipped example, from the folder to the tables."""

from hotspots.batch import run_archive
from hotspots.catalogue.records import FrameStatus
from hotspots.catalogue.spectrum_records import SpectrumStatus
from hotspots.config import (
    BackendChoice,
    DetectorSettings,
    InferSettings,
    LimitSettings,
    ProductSettings,
)
from hotspots.observer import SilentObserver
from hotspots.products.spectra import read_spectra_table
from hotspots.products.tables import read_frames
from tests.helpers.example import label_of
from tests.helpers.spectrum_files import write_spectrum

SWEPT = "JIR_SPE_RDR_2023212T044417_V01"
DAMAGED = "JIR_SPE_RDR_2023212T044518_V01"


def test_spectra_are_in_both_tables(example_archive, tmp_path):
    folder = label_of(example_archive, "044416").parent
    for path in folder.iterdir():
        if not any(time in path.name for time in ("044416", "044517", "044618")):
            path.unlink()
    write_spectrum(
        folder,
        SWEPT,
        START_TIME="2023-07-31T04:44:13.319",
        STOP_TIME="2023-07-31T04:44:14.319",
        SPACECRAFT_CLOCK_START_COUNT='"5/744051104:37062"',
        SPACECRAFT_CLOCK_STOP_COUNT='"5/744051105:37062"',
    )
    write_spectrum(folder, DAMAGED, STOP_TIME=None)
    settings = InferSettings(
        archive=example_archive,
        out=tmp_path / "out",
        backend=BackendChoice.cpu,
        detector=DetectorSettings(name="matched_filter"),
        limits=LimitSettings(enabled=False),
        products=ProductSettings(netcdf=False, cogs=False, geopackage=False, geojson=False),
    )
    outcome = run_archive(settings, SilentObserver())
    assert not outcome.failed
    visit = tmp_path / "out" / "PJ53"
    frames = {frame.product_id: frame for frame in read_frames(visit / "frames.csv")}
    assert frames[SWEPT].status is FrameStatus.REJECTED
    assert "870 px" in frames[SWEPT].reason
    assert frames[DAMAGED].status is FrameStatus.FAILED
    assert "STOP_TIME" in frames[DAMAGED].reason
    (row,) = read_spectra_table(visit / "spectra.csv")
    assert (row.product_id, row.source_id) == (SWEPT, None)
    assert row.status is SpectrumStatus.UNUSABLE
    assert row.reason == frames[SWEPT].reason
    assert (visit / "slits.csv").read_text().count("\n") == 1
    assert f"{SWEPT}.DAT" in (visit / "provenance.json").read_text()
    assert sum(frame.status is FrameStatus.USED for frame in frames.values()) > 1
