"""Many visits in one run: the pipeline is replaced by one that takes no time."""

import json
import os
from pathlib import Path

import pytest

from hotspots import batch
from hotspots.catalogue.records import FrameRecord, FrameStatus, SourceClass, SourceRecord
from hotspots.config import GridSettings, InferSettings, ProductSettings
from hotspots.errors import (
    ArchiveError,
    ConfigurationError,
    GriddingError,
    KernelError,
    ProductError,
)
from hotspots.observer import SilentObserver
from hotspots.pipeline import VisitOutcome
from hotspots.products.tables import read_sources
from tests.helpers.example import copy_product, image_of, label_of

SMALL = ProductSettings(geopackage=False, geojson=False, netcdf=False, cogs=False)


def source(visit: str) -> SourceRecord:
    return SourceRecord(
        visit=visit,
        source_id=f"{visit}_001",
        time_utc="2023-07-31T04:45:00Z",
        lat_deg=10.0,
        lon_east_deg=200.0,
        sigma_km=1.5,
        source_class=SourceClass.HOTSPOT,
        snr=12.0,
        n_frames=3,
        range_km=30000.0,
        km_per_px=7.1,
        emission_deg=20.0,
        incidence_deg=120.0,
    )


class Pipeline:
    """Takes the place of `run_instruments`, remembers its calls and fails where it is told to."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.errors: dict[str, BaseException] = {}

    def __call__(self, visit, settings, observer):
        self.calls.append(visit.name)
        if visit.name in self.errors:
            raise self.errors[visit.name]
        frames = [
            FrameRecord(product_id=product.product_id, status=FrameStatus.USED)
            for product in visit.products
        ]
        return VisitOutcome(
            name=visit.name,
            sources=(source(visit.name),),
            frames=tuple(frames),
            maps=(),
            product_maps=(),
            notes={},
        )


@pytest.fixture
def pipeline(monkeypatch) -> Pipeline:
    stand_in = Pipeline()
    monkeypatch.setattr(batch, "run_instruments", stand_in)
    return stand_in


@pytest.fixture
def archive(example_archive) -> Path:
    """PJ53 of the example and a second visit, PJ54, that is a copy of one frame."""
    copy_product(
        label_of(example_archive, "044416"),
        example_archive / "jnojir_2054" / "DATA" / "JIR_IMG_RDR_2023251T044416_V01.LBL",
        start="2023-09-08T04:44:13.000",
        clock_s=747420304,
        orbit=54,
    )
    return example_archive


@pytest.fixture
def run(archive, tmp_path):
    def run_with(**changes):
        given = {"archive": archive, "out": tmp_path / "out", "products": SMALL} | changes
        return batch.run_archive(InferSettings(**given), SilentObserver())

    return run_with


def times_of_change(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in out.glob("PJ*/*")}


def test_visits_are_done_in_order_and_gathered(run, pipeline, tmp_path):
    outcome = run()
    assert pipeline.calls == ["PJ53", "PJ54"]
    assert not outcome.failed
    assert outcome.catalogue == tmp_path / "out" / "catalogue.csv"
    assert [one.visit for one in read_sources(outcome.catalogue)] == ["PJ53", "PJ54"]


def test_finished_visits_are_skipped_and_still_in_the_catalogue(run, pipeline, tmp_path):
    run()
    before = times_of_change(tmp_path / "out")
    outcome = run()
    assert pipeline.calls == ["PJ53", "PJ54"]
    assert all(visit.skipped for visit in outcome.visits)
    assert [visit.sources[0].visit for visit in outcome.visits] == ["PJ53", "PJ54"]
    assert times_of_change(tmp_path / "out") == before
    assert len(read_sources(outcome.catalogue)) == 2


def test_overwrite_does_finished_visits_again(run, pipeline):
    run()
    run(overwrite=True)
    assert pipeline.calls == ["PJ53", "PJ54"] * 2


def test_changed_setting_does_visits_again(run, pipeline):
    run()
    run(grid=GridSettings(cell_fraction=0.5))
    assert pipeline.calls == ["PJ53", "PJ54"] * 2


def test_changed_image_does_its_visit_again(run, pipeline, archive):
    run()
    with image_of(archive, "044011").open("r+b") as image:
        image.write(b"\x01")
    run()
    assert pipeline.calls == ["PJ53", "PJ54", "PJ53"]


def test_visit_that_lost_a_file_is_done_again(run, pipeline, tmp_path):
    run()
    (tmp_path / "out" / "PJ54" / "hotspots.csv").unlink()
    run()
    assert pipeline.calls == ["PJ53", "PJ54", "PJ54"]


def test_failing_visit_is_reported_and_the_others_go_on(run, pipeline, tmp_path):
    pipeline.errors["PJ53"] = GriddingError("no sample of PJ53 falls on Io")
    outcome = run()
    assert [visit.name for visit in outcome.failed] == ["PJ53"]
    assert outcome.failed[0].reason == "no sample of PJ53 falls on Io"
    assert not (tmp_path / "out" / "PJ53").exists()
    assert (tmp_path / "out" / "PJ54" / "hotspots.csv").is_file()
    assert [one.visit for one in read_sources(outcome.catalogue)] == ["PJ54"]


def test_bug_is_not_hidden_as_a_failed_visit(run, pipeline):
    pipeline.errors["PJ53"] = IndexError("a bug")
    with pytest.raises(IndexError, match="a bug"):
        run()


def test_interrupted_run_is_finished_by_the_next(run, pipeline, tmp_path):
    pipeline.errors["PJ54"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        run()
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["PJ53"]
    pipeline.errors.clear()
    outcome = run()
    assert pipeline.calls == ["PJ53", "PJ54", "PJ54"]
    assert [visit.skipped for visit in outcome.visits] == [True, False]
    assert len(read_sources(outcome.catalogue)) == 2


def test_chosen_visits_only_and_catalogue_keeps_the_others(run, pipeline):
    run(visits=["PJ53"])
    outcome = run(visits=["PJ54"])
    assert pipeline.calls == ["PJ53", "PJ54"]
    assert [one.visit for one in read_sources(outcome.catalogue)] == ["PJ53", "PJ54"]


def test_unknown_visit_names_those_there_are(run, pipeline):
    with pytest.raises(ConfigurationError, match=r"PJ99.*PJ53, PJ54"):
        run(visits=["PJ53", "PJ99"])
    assert pipeline.calls == []


def test_provenance_names_inputs_relative_to_the_archive(run, pipeline, tmp_path):
    run()
    record = json.loads((tmp_path / "out" / "PJ54" / "provenance.json").read_text())
    stem = "jnojir_2054/DATA/JIR_IMG_RDR_2023251T044416_V01"
    assert [one["name"] for one in record["inputs"]] == [f"{stem}.IMG", f"{stem}.LBL"]
    assert "juno_io_pj53.bsp" in {one["name"] for one in record["kernels"]}
    assert record["backend"] == "cpu"


def test_stray_files_are_listed(run, pipeline, archive, tmp_path):
    (archive / "holiday.img").write_bytes(b"no product")
    run()
    assert "holiday.img,ignored" in (tmp_path / "out" / "other_files.csv").read_text()


def test_folder_without_products_is_no_archive(run, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArchiveError, match="JIR_IMG"):
        run(archive=tmp_path / "empty")


def test_archive_without_metakernel(run, archive):
    (archive / "kernels" / "juno_io_pj53.tm").unlink()
    with pytest.raises(KernelError, match="metakernel"):
        run()


@pytest.mark.parametrize("missing", ["juno_io_pj53.bsp", "leap_seconds.tls"])
def test_metakernel_that_names_a_missing_kernel(run, archive, missing):
    (archive / "kernels" / missing).unlink()
    with pytest.raises(KernelError, match=missing):
        run()


def test_output_folder_that_is_a_file(run, pipeline, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ProductError, match="file"):
        run(out=tmp_path / "file")
    assert pipeline.calls == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_read_only_output_folder(run, pipeline, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o555)
    with pytest.raises(ProductError, match="locked"):
        run(out=tmp_path / "locked")
    assert pipeline.calls == []


def test_output_folder_that_turns_read_only_fails_its_visit(run, pipeline, tmp_path, monkeypatch):
    def refuse(folder, *_):
        if folder.name == "PJ53":
            msg = f"{folder}: cannot be written (No space left on device)"
            raise ProductError(msg)
        return write(folder, *_)

    write = batch.write_visit
    monkeypatch.setattr(batch, "write_visit", refuse)
    outcome = run()
    assert "No space left" in outcome.failed[0].reason
    assert (tmp_path / "out" / "PJ54" / "hotspots.csv").is_file()
