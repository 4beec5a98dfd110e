"""Kernels that the tests of the geometry share."""

from pathlib import Path

import pytest

from hotspots.archive.kernels import KernelPool
from tests.helpers.example import EXAMPLE_ARCHIVE

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture
def example_kernels():
    """Kernels of the shipped example, loaded."""
    with KernelPool(EXAMPLE_ARCHIVE / "kernels" / "juno_io_pj53.tm") as pool:
        yield pool


@pytest.fixture
def sample():
    """Folder of the six simulated visits with truth, where it lies beside the repository."""
    folder = SHARED / "sample"
    if not folder.is_dir():
        pytest.skip("needs ../shared/sample, six simulated visits")
    return folder


@pytest.fixture
def real_kernels():
    """Folder of real SPICE kernels, where it lies beside the repository."""
    folder = SHARED / "data" / "spice"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data/spice, real kernels of Juno")
    return folder
