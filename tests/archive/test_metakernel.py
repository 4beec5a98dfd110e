import pytest

from hotspots.archive.metakernel import find_metakernel, kernels_of_metakernel
from hotspots.errors import KernelError


@pytest.fixture
def folder(tmp_path):
    for name in ("a.tls", "sub/b.bsp"):
        path = tmp_path / "kernels" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "kernels"


def write(folder, *, values="'.'", symbols="'K'", names="'$K/a.tls' '$K/sub/b.bsp'", extra=""):
    path = folder / "all.tm"
    path.write_text(
        "KPL/MK\n PATH_VALUES = ( 'not data' )\n\\begindata\n"
        f" PATH_VALUES = ( {values} )\n PATH_SYMBOLS=({symbols})\n"
        f" KERNELS_TO_LOAD = (\n {names} )\n{extra}\\begintext\n $K/ 'not data either'\n"
    )
    return path


def test_paths_are_relative_to_the_metakernel_and_not_to_the_working_directory(
    folder, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    expected = (folder / "a.tls", folder / "sub" / "b.bsp")
    assert kernels_of_metakernel(write(folder)) == expected
    (folder / "mk").mkdir()
    assert kernels_of_metakernel(write(folder / "mk", values="'..'")) == expected


def test_absolute_paths_stay(folder):
    metakernel = write(folder, names=f"'{folder / 'a.tls'}'")
    assert kernels_of_metakernel(metakernel) == (folder / "a.tls",)


def test_longest_symbol_first_and_several_symbols(folder):
    metakernel = write(
        folder, values="'sub', '.'", symbols="'KS' 'K'", names="'$K/a.tls', '$KS/b.bsp'"
    )
    assert len(kernels_of_metakernel(metakernel)) == 2


def test_strings_continue_after_a_plus_and_lists_grow(folder):
    metakernel = write(folder, names="'$K/sub+' '/b.bsp'", extra=" KERNELS_TO_LOAD += '$K/a.tls'\n")
    assert [kernel.name for kernel in kernels_of_metakernel(metakernel)] == ["b.bsp", "a.tls"]


def test_folders_with_brackets_and_quotes(tmp_path):
    place = tmp_path / "o'b (1)"
    place.mkdir()
    (place / "a.tls").touch()
    metakernel = write(tmp_path, values="'o''b (1)'", names="'$K/a.tls'")
    assert kernels_of_metakernel(metakernel) == (place / "a.tls",)


def test_all_missing_kernels_are_named(folder):
    metakernel = write(folder, names="'$K/a.tls' '$K/one.bc' '$K/two.bc'")
    with pytest.raises(KernelError, match=r"missing: .*one\.bc, .*two\.bc"):
        kernels_of_metakernel(metakernel)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"names": "'$OTHER/a.tls'"}, "a symbol that PATH_SYMBOLS"),
        ({"values": "'.' 'sub'"}, "1 PATH_SYMBOLS and 2 PATH_VALUES"),
        ({"names": ""}, "0 KERNELS_TO_LOAD"),
    ],
)
def test_unusable_metakernels_say_why(folder, changes, message):
    with pytest.raises(KernelError, match=message):
        kernels_of_metakernel(write(folder, **changes))


def test_search_finds_the_only_one(folder, tmp_path):
    metakernel = write(folder)
    assert find_metakernel(tmp_path) == metakernel
    assert find_metakernel(tmp_path, folder) == metakernel
    assert find_metakernel(tmp_path, str(metakernel)) == metakernel


def test_none_and_several_are_errors_that_name_the_option(folder, tmp_path):
    with pytest.raises(KernelError, match=r"no SPICE metakernel .* kernels=FILE\.tm"):
        find_metakernel(tmp_path)
    write(folder)
    (tmp_path / "other.TM").touch()
    with pytest.raises(KernelError, match=r"2 metakernels: .*all\.tm.*other\.TM.*kernels="):
        find_metakernel(tmp_path)


def test_folder_without_metakernel_gives_its_kernels(folder, tmp_path):
    assert find_metakernel(tmp_path, folder) == (folder / "a.tls", folder / "sub" / "b.bsp")
    (tmp_path / "empty").mkdir()
    with pytest.raises(KernelError, match="no SPICE kernels"):
        find_metakernel(tmp_path, tmp_path / "empty")


def test_lists_keep_their_order(folder, tmp_path):
    kernels = [folder / "sub" / "b.bsp", str(folder / "a.tls")]
    assert find_metakernel(tmp_path, kernels) == (folder / "sub" / "b.bsp", folder / "a.tls")
    assert find_metakernel(tmp_path, folder / "a.tls") == (folder / "a.tls",)
    with pytest.raises(KernelError, match="empty list"):
        find_metakernel(tmp_path, [])
    with pytest.raises(KernelError, match="no such kernel"):
        find_metakernel(tmp_path, tmp_path / "none.tm")
