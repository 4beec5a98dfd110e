"""Words of the command line become settings, or one line that says what is wrong."""

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.cli.compose import compose_infer_settings
from hotspots.config import BackendChoice, DetectorSettings, InferSettings
from hotspots.detection.network_settings import NetworkSettings
from hotspots.errors import ConfigurationError

FOLDERS = ["archive=a", "out=b"]


def test_without_more_words_the_defaults_hold():
    detector = DetectorSettings(parameters=asdict(NetworkSettings()))
    wanted = InferSettings(archive=Path("a"), out=Path("b"), detector=detector)
    assert compose_infer_settings(FOLDERS) == wanted


def test_words_change_settings():
    given_settings = compose_infer_settings(
        [
            *FOLDERS,
            "visits=[PJ53,PJ57]",
            "overwrite=true",
            "backend=cpu",
            "kernels=k.tm",
            "instrument.read_noise_dn=20",
            "+detector.parameters.threshold=4.5",
        ]
    )
    assert given_settings.visits == ["PJ53", "PJ57"]
    assert given_settings.overwrite is True
    assert given_settings.backend is BackendChoice.cpu
    assert given_settings.kernels == Path("k.tm")
    assert given_settings.instrument.read_noise_dn == 20.0
    assert given_settings.detector.parameters["threshold"] == 4.5


def test_one_visit_needs_no_brackets():
    assert compose_infer_settings([*FOLDERS, "visits=PJ53"]).visits == ["PJ53"]


@pytest.mark.parametrize("word", ["kernels=", "kernels=null"])
def test_no_kernels_named(word):
    assert compose_infer_settings([*FOLDERS, word]).kernels is None


@settings(max_examples=25)
@given(st.text(st.sampled_from("abz09 ,=:[]{}()'\"\\$%#@~/.-_é"), min_size=1, max_size=20))
def test_any_path_can_be_given(text):
    # Quotes around all of it would be dropped, a leading ~ is the home folder.
    path = "x" + text
    assert compose_infer_settings([f"archive={path}", "out=b"]).archive == Path(path)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], "archive= is missing"),
        (["archive=a"], "out= is missing"),
        (["archive=", "out=b"], "archive= is missing"),
        (["archive=null", "out=b"], "archive= is missing"),
        ([*FOLDERS, "archiv=c"], "unknown setting 'archiv'"),
        ([*FOLDERS, "+archiv=c"], "archiv"),
        ([*FOLDERS, "grid.cell=1"], "unknown setting 'grid.cell'"),
        ([*FOLDERS, "+grid.cell=1"], "grid.cell"),
        ([*FOLDERS, "grid.cell_fraction=wide"], "grid.cell_fraction: .*'wide'"),
        ([*FOLDERS, "grid.cell_fraction=99"], "cell_fraction=99"),
        ([*FOLDERS, "grid.cell_fraction=nan"], "cell_fraction=nan"),
        ([*FOLDERS, "pointing.search_lines=1.5"], "pointing.search_lines"),
        ([*FOLDERS, "backend=tpu"], "backend: .*auto, cpu, gpu"),
        ([*FOLDERS, "overwrite=perhaps"], "overwrite"),
        ([*FOLDERS, "detector=oracle"], "detector=oracle: .*matched_filter"),
        ([*FOLDERS, "engine.name=cloud"], "engine.name=cloud"),
        ([*FOLDERS, "visits={a:1}"], "visits"),
        ([*FOLDERS, "verbose"], "'verbose' is no setting"),
        ([*FOLDERS, "=3"], "="),
        ([*FOLDERS, "visits=[PJ53"], "visits"),
    ],
)
def test_what_cannot_be_used_is_named_in_one_line(words, wanted):
    with pytest.raises(ConfigurationError, match=wanted) as caught:
        compose_infer_settings(words)
    assert "\n" not in str(caught.value)
