import pytest

from hotspots.archive.clock import start_et
from hotspots.archive.coverage import kernels_cover
from hotspots.archive.find import find_products
from hotspots.archive.kernels import KernelPool
from tests.helpers.example import EXAMPLE_ARCHIVE


def test_frames_of_the_example_are_covered(metakernel):
    products = find_products(EXAMPLE_ARCHIVE).products
    with KernelPool(metakernel):
        assert [kernels_cover(start_et(product)) for product in products] == [None] * len(products)


def test_time_without_attitude(metakernel):
    with KernelPool(metakernel):
        assert kernels_cover(7.5e8) == "no attitude kernel (CK) of JUNO at this time"


@pytest.mark.parametrize(
    ("left_out", "reason"),
    [
        (".bc", "no attitude kernel"),
        ("juno_io_pj53.bsp", "no ephemeris kernel (SPK) of JUNO and IO"),
        ("jupiter_sun_2023212.bsp", "no ephemeris kernel (SPK) of JUNO and"),
        (".bsp", "no ephemeris kernel (SPK) of JUNO and IO"),
        (".tf", "no frame JUNO_JIRAM_I_MBAND"),
        (".tpc", "no frame IAU_IO"),
    ],
)
def test_each_missing_kernel_has_its_reason(metakernel, left_out, reason):
    with KernelPool(metakernel):
        et = start_et(find_products(EXAMPLE_ARCHIVE).products[0])
    kernels = [k for k in KernelPool(metakernel).kernels if not k.name.endswith(left_out)]
    with KernelPool(kernels):
        assert kernels_cover(et).startswith(reason)
