import hashlib
import shutil
import threading

import pytest
import spiceypy

from hotspots.archive.kernels import KernelPool, kernel_checksums
from hotspots.errors import KernelError


@pytest.fixture(autouse=True)
def nothing_is_left():
    assert spiceypy.ktotal("ALL") == 0
    yield
    assert spiceypy.ktotal("ALL") == 0


def test_kernels_are_loaded_inside_only(metakernel):
    with KernelPool(metakernel) as pool:
        assert spiceypy.ktotal("ALL") == len(pool.kernels) == 8
        assert spiceypy.ktotal("CK") == 1


def test_working_directory_does_not_matter(metakernel, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with KernelPool(str(metakernel)):
        assert spiceypy.ktotal("SPK") == 2


def test_paths_longer_than_80_characters(kernel_folder, tmp_path):
    deep = tmp_path / ("long" * 12) / ("name" * 12)
    shutil.copytree(kernel_folder, deep)
    with KernelPool(deep / "juno_io_pj53.tm") as pool:
        assert min(len(str(kernel)) for kernel in pool.kernels) > 80
        assert spiceypy.ktotal("ALL") == 8


def test_paths_longer_than_spice_takes(tmp_path):
    deep = tmp_path / ("a" * 120) / ("b" * 120)
    deep.mkdir(parents=True)
    (deep / "x.tls").touch()
    with pytest.raises(KernelError, match="255 characters"), KernelPool([deep / "x.tls"]):
        pass


def test_pools_nest(metakernel):
    pool = KernelPool(metakernel)
    with pool:
        with pool, KernelPool(metakernel):
            assert spiceypy.ktotal("ALL") == 24
        assert spiceypy.ktotal("ALL") == 8


def test_errors_inside_unload_too(metakernel):
    with pytest.raises(ZeroDivisionError), KernelPool(metakernel):
        raise ZeroDivisionError


def test_kernel_that_spice_refuses_is_named_and_the_rest_unloaded(kernel_folder, tmp_path):
    broken = tmp_path / "broken.bsp"
    broken.write_bytes(b"DAF/SPK " + bytes(100))
    with (
        pytest.raises(KernelError, match=r"broken\.bsp: SPICE cannot load"),
        KernelPool([kernel_folder / "leap_seconds.tls", broken]),
    ):
        pass


def test_missing_kernels_are_all_named(tmp_path):
    with pytest.raises(KernelError, match=r"one\.bc, .*two\.bc"):
        KernelPool([tmp_path / "one.bc", tmp_path / "two.bc"])
    with pytest.raises(KernelError, match="none was named"):
        KernelPool([])


def test_threads_take_turns(metakernel):
    inside, most = [], []

    def work():
        with KernelPool(metakernel):
            inside.append(1)
            most.append((len(inside), spiceypy.ktotal("ALL")))
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [(1, 8)] * 4


def test_checksums_are_those_of_the_files(metakernel):
    pool = KernelPool(metakernel)
    sums = kernel_checksums(pool.kernels)
    assert list(sums) == [kernel.name for kernel in pool.kernels]
    first = pool.kernels[0]
    assert sums[first.name] == hashlib.sha256(first.read_bytes()).hexdigest()


def test_checksum_of_a_missing_file_is_an_error(tmp_path):
    with pytest.raises(KernelError, match=r"none\.bc"):
        kernel_checksums([tmp_path / "none.bc"])
