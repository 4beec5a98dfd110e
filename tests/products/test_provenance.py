"""Provenance, the fingerprint, and when a visit counts as finished."""

import dataclasses
import hashlib
import json
from pathlib import Path

import pytest

import hotspots
from hotspots.config import GridSettings, InferSettings
from hotspots.errors import ProductError
from hotspots.products.provenance import (
    FILE_NAME,
    FileDigest,
    file_digest,
    fingerprint,
    is_finished,
    read_provenance,
    settings_that_matter,
    software_versions,
    utc_now,
    write_provenance,
)


def test_round_trip(tmp_path, provenance):
    write_provenance(tmp_path / FILE_NAME, provenance)
    assert read_provenance(tmp_path / FILE_NAME) == provenance
    assert json.loads((tmp_path / FILE_NAME).read_text())["inputs"][0]["size_bytes"] == 442368


def test_checksum_is_sha256_of_the_content(tmp_path):
    (tmp_path / "a.IMG").write_bytes(b"Io")
    digest = file_digest(tmp_path / "a.IMG", "DATA/a.IMG")
    assert digest == FileDigest("DATA/a.IMG", 2, hashlib.sha256(b"Io").hexdigest())
    with pytest.raises(ProductError, match=r"b.IMG: cannot be read"):
        file_digest(tmp_path / "b.IMG")


def test_fingerprint_changes_with_what_matters_only():
    a, b = FileDigest("a", 1, "aa"), FileDigest("b", 1, "bb")
    base = fingerprint([a, b], [b], {"cell": 0.6})
    assert fingerprint([b, a], [b], {"cell": 0.6}) == base
    assert fingerprint([a, dataclasses.replace(b, sha256="cc")], [b], {"cell": 0.6}) != base
    assert fingerprint([a], [b], {"cell": 0.6}) != base
    assert fingerprint([a, b], [a], {"cell": 0.6}) != base
    assert fingerprint([a, b], [b], {"cell": 0.5}) != base


def test_fingerprint_changes_with_the_package(monkeypatch):
    before = fingerprint([], [], {})
    monkeypatch.setattr("hotspots.products.provenance.__version__", "999")
    assert fingerprint([], [], {}) != before


def test_settings_that_matter_leave_out_places():
    here = InferSettings(archive=Path("/a"), out=Path("/b"))
    there = InferSettings(archive=Path("/c"), out=Path("/d"), overwrite=True, visits=["PJ53"])
    assert settings_that_matter(here) == settings_that_matter(there)
    finer = dataclasses.replace(here, grid=GridSettings(cell_fraction=0.5))
    assert settings_that_matter(finer) != settings_that_matter(here)
    json.dumps(settings_that_matter(here))


def test_finished_means_same_fingerprint_and_all_files(tmp_path, provenance):
    assert not is_finished(tmp_path, provenance.fingerprint)
    complete = dataclasses.replace(provenance, outputs=("hotspots.csv",))
    write_provenance(tmp_path / FILE_NAME, complete)
    assert not is_finished(tmp_path, provenance.fingerprint)
    (tmp_path / "hotspots.csv").touch()
    assert is_finished(tmp_path, provenance.fingerprint)
    assert not is_finished(tmp_path, "another")


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"inputs": [{}], "kernels": []}', "\x00"])
def test_garbled_provenance_is_unfinished(tmp_path, content):
    (tmp_path / FILE_NAME).write_text(content)
    assert not is_finished(tmp_path, "any")
    with pytest.raises(ProductError, match=FILE_NAME):
        read_provenance(tmp_path / FILE_NAME)


def test_versions_and_time():
    versions = software_versions()
    assert versions["hotspots"] == hotspots.__version__
    assert versions["numpy"] is not None
    assert "cupy" in versions
    assert utc_now().endswith("Z")
    assert len(utc_now()) == len("2024-02-03T17:48:35Z")
