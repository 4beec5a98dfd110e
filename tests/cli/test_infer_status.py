"""Exit status and messages of ``infer.py``, with a pipeline that takes no time."""

import pytest

from hotspots import batch
from hotspots.catalogue.records import FrameRecord, FrameStatus
from hotspots.cli.infer import main
from hotspots.errors import GriddingError
from hotspots.pipeline import VisitOutcome


@pytest.fixture
def folders(example_archive, tmp_path, monkeypatch):
    """Words for the example, run from a folder that must stay empty."""
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    words = [f"archive={example_archive}", f"out={tmp_path / 'out'}", "products.cogs=false"]
    yield words
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.fixture
def pipeline(monkeypatch):
    """Let a visit end as the test wants: without sources, or with an error."""

    def end_with(error=None):
        def run_visit(visit, settings, observer):
            observer.stage("measuring nothing")
            if error is not None:
                raise error
            frames = [FrameRecord(product_id="A", status=FrameStatus.REJECTED, reason="sky")]
            return VisitOutcome(
                name=visit.name,
                sources=(),
                frames=tuple(frames),
                maps=(),
                product_maps=(),
                notes={},
            )

        monkeypatch.setattr(batch, "run_instruments", run_visit)

    return end_with


def one_line(text: str) -> str:
    """The only line of an error output."""
    (line,) = text.splitlines()
    assert line.startswith("infer: ")
    return line


def test_nothing_found_is_no_failure(folders, pipeline, capsys):
    pipeline()
    assert main(folders) == 0
    said = capsys.readouterr()
    assert "no sources in 1 visit" in said.out
    assert "catalogue.csv" in said.out
    assert said.err == ""


def test_failed_visit_is_status_one_and_named(folders, pipeline, capsys):
    pipeline(GriddingError("no sample falls on Io\n(second line)"))
    assert main(folders) == 1
    said = capsys.readouterr()
    assert one_line(said.err) == "infer: PJ53 failed: no sample falls on Io (second line)"
    assert "PJ53: failed" in said.out


def test_interruption_is_one_line_and_status_130(folders, pipeline, capsys):
    pipeline(KeyboardInterrupt())
    assert main(folders) == 130
    assert "finished visits are kept" in one_line(capsys.readouterr().err)


def test_second_run_says_that_it_skipped(folders, pipeline, capsys):
    pipeline()
    main(folders)
    capsys.readouterr()
    assert main(folders) == 0
    said = capsys.readouterr().out
    assert "PJ53: finished before" in said
    assert "overwrite=true" in said


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (["archive="], "archive= is missing"),
        (["archive=nowhere"], "nowhere"),
        (["archive=."], "JIR_IMG"),
        (["kernels=nowhere.tm"], "nowhere.tm"),
        (["out=/dev/null/out"], "/dev/null/out"),
        (["visits=[PJ99]"], "PJ99"),
        (["detector.name=oracle"], "oracle"),
        (["+detector.parameters.magic=1"], "magic"),
        (["grid.cell_fraction=0"], "cell_fraction"),
        (["grid.cells=0"], "grid.cells"),
    ],
)
def test_bad_arguments_are_one_line_and_status_two(folders, pipeline, capsys, change, wanted):
    pipeline()
    assert main([*folders, *change]) == 2
    said = capsys.readouterr()
    assert wanted in one_line(said.err)
    assert said.out == ""


def test_archive_without_kernels(folders, pipeline, example_archive, capsys):
    pipeline()
    for kernel in (example_archive / "kernels").iterdir():
        kernel.unlink()
    assert main(folders) == 2
    assert "metakernel" in one_line(capsys.readouterr().err)
