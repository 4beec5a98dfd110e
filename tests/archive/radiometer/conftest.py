import pytest

from hotspots.archive.kernels import KernelPool
from tests.helpers.example import EXAMPLE_ARCHIVE


@pytest.fixture
def leap_seconds():
    with KernelPool(EXAMPLE_ARCHIVE / "kernels" / "leap_seconds.tls"):
        yield
