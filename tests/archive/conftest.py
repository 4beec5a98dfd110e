"""What the tests of the archive share: the kernels of the shipped example."""

from pathlib import Path

import pytest

from tests.helpers.example import EXAMPLE_ARCHIVE


@pytest.fixture(scope="session")
def kernel_folder() -> Path:
    return EXAMPLE_ARCHIVE / "kernels"


@pytest.fixture(scope="session")
def metakernel(kernel_folder) -> Path:
    return kernel_folder / "juno_io_pj53.tm"
