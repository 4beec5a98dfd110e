"""What every test gets: a CPU without surprises, and the shipped example to damage."""

import shutil
from pathlib import Path

import matplotlib as mpl
import pytest
from hypothesis import settings

from hotspots.backend import gpu_available
from tests.helpers.example import EXAMPLE_ARCHIVE

mpl.use("Agg")
# The first call of a compiled function takes seconds; how long is no property of the code.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_collection_modifyitems(items):
    """Skip tests of the GPU where there is none."""
    if gpu_available():
        return
    skip = pytest.mark.skip(
        reason="needs CuPy and a CUDA device; without one the kernels are compiled and their "
        "device code is run on the CPU, in tests/gridding"
    )
    for item in items:
        if "gpu" in item.keywords:
            item.add_marker(skip)


@pytest.fixture
def example_archive(tmp_path) -> Path:
    """Copy of the shipped example that a test may damage."""
    return Path(shutil.copytree(EXAMPLE_ARCHIVE, tmp_path / "archive"))
