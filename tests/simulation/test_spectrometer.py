"""Spectra of a simulated visit: their files, and the light in them."""

from dataclasses import replace

import numpy as np
import pytest

from hotspots.archive.kernels import KernelPool
from hotspots.archive.spectrometer.labels import read_spectrum_label
from hotspots.archive.spectrometer.read import read_spectra
from hotspots.errors import ProductError
from hotspots.simulation.scene import Scene
from hotspots.simulation.spectrometer import slit_radiance, write_spectrum

FRAME = 2


@pytest.fixture(scope="module")
def radiance(rdr_visit):
    with KernelPool(rdr_visit.metakernel):
        return slit_radiance(rdr_visit, FRAME)


def test_files_are_read_back(rdr_visit, radiance, tmp_path):
    rng = np.random.default_rng(1)
    written = write_spectrum(rdr_visit, FRAME, tmp_path / "DATA", rng, rows=64, noise=1e-9)
    read = read_spectrum_label(written.label_path)
    assert read == written
    assert read.start_clock == rdr_visit.frames[FRAME].product.start_clock
    means = radiance.reshape(64, 4, -1).mean(axis=1)
    received = np.isfinite(read_spectra(read))
    np.testing.assert_allclose(read_spectra(read)[received], means[received], atol=1e-6)


def test_light_of_two_sources_adds_up(rdr_visit, radiance):
    scene = rdr_visit.scene
    with KernelPool(rdr_visit.metakernel):
        first, second = (
            slit_radiance(replace(rdr_visit, scene=Scene(part, scene.ground)), FRAME)
            for part in (scene.sources[:9], scene.sources[9:])
        )
        cold = replace(scene.sources[0], components=((1.0, 1e-9),), outline=None)
        cold = replace(cold, source_class="hotspot")
        ground = slit_radiance(replace(rdr_visit, scene=Scene((cold,), scene.ground)), FRAME)
    assert (radiance >= 0).all()
    np.testing.assert_allclose(first + second - ground, radiance, atol=1e-9)


def test_folder_that_cannot_be_made_is_named(rdr_visit, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ProductError, match="cannot be written"):
        write_spectrum(rdr_visit, FRAME, tmp_path / "file", np.random.default_rng(1))
