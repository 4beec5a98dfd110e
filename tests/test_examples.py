"""The example that is shipped: small, complete, and true to the kernels it stands for."""

import re
import runpy
from pathlib import Path

import numpy as np
import pytest
import spiceypy

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
KERNELS = EXAMPLES / "archive" / "kernels"
FULL_KERNELS = ROOT.parent / "shared" / "sample" / "archive" / "kernels"


@pytest.fixture
def spice(monkeypatch):
    """Load a metakernel whose paths are relative to itself; forget everything at the end."""

    def load(metakernel: Path) -> None:
        spiceypy.kclear()
        monkeypatch.chdir(metakernel.parent)
        spiceypy.furnsh(metakernel.name)

    yield load
    spiceypy.kclear()


def start_times() -> list[float]:
    """Start of every labelled exposure of the example, by the clock kernel loaded."""
    clocks = []
    for path in sorted(EXAMPLES.rglob("JIR_IMG_*.LBL")):
        text = path.read_text(encoding="ascii")
        clocks.append(re.search(r'CLOCK_START_COUNT\s*=\s*"\d/(\d+:\d+)"', text).group(1))
    return [spiceypy.scs2e(-61999, clock) for clock in clocks]


def geometry(times: list[float]) -> dict[str, np.ndarray]:
    """Where Io and the Sun are for each time, and how the camera is turned."""
    return {
        "io_km": np.array(
            [spiceypy.spkpos("IO", t, "JUNO_JIRAM_I_MBAND", "CN+S", "JUNO")[0] for t in times]
        ),
        "sun": np.array(
            [spiceypy.vhat(spiceypy.spkpos("SUN", t, "IAU_IO", "CN+S", "IO")[0]) for t in times]
        ),
        "rotation": np.array([spiceypy.pxform("JUNO_JIRAM_I_MBAND", "IAU_IO", t) for t in times]),
    }


def test_example_is_smaller_than_three_megabytes():
    assert sum(path.stat().st_size for path in EXAMPLES.rglob("*")) < 3_000_000


def test_example_has_good_and_bad_products():
    labels = {path.stem for path in EXAMPLES.rglob("JIR_IMG_*.LBL")}
    images = {path.stem: path.stat().st_size for path in EXAMPLES.rglob("JIR_IMG_*.IMG")}
    whole = {name for name, size in images.items() if size in {128 * 432 * 4, 256 * 432 * 4}}
    assert len(labels & whole) >= 7
    assert len(labels - set(images)) == 1
    assert len(set(images) - whole) == 1


def test_clock_agrees_with_every_label_to_its_millisecond(spice):
    spice(KERNELS / "juno_io_pj53.tm")
    labels = sorted(EXAMPLES.rglob("JIR_IMG_*.LBL"))
    texts = [path.read_text(encoding="ascii") for path in labels]
    utc = [re.search(r"START_TIME\s*=\s*(\S+)", text).group(1) for text in texts]
    stated = np.array([spiceypy.str2et(time) for time in utc])
    np.testing.assert_allclose(start_times(), stated, rtol=0, atol=0.00051)


def test_sun_is_five_astronomical_units_from_io(spice):
    spice(KERNELS / "juno_io_pj53.tm")
    distance, _ = spiceypy.spkpos("SUN", start_times()[0], "J2000", "NONE", "IO")
    # Jupiter passed its perihelion of 4.95 au in January 2023.
    assert 4.95 < np.linalg.norm(distance) / 149597870.7 < 5.0


def test_kernels_are_what_the_script_writes(tmp_path):
    script = runpy.run_path(str(EXAMPLES / "make_kernels.py"))
    script["main"](tmp_path)
    written = sorted(path.name for path in tmp_path.iterdir())
    assert len(written) == 5
    for name in written:
        if name.endswith(".bsp"):
            states = []
            for folder in (tmp_path, KERNELS):
                spiceypy.furnsh(str(folder / name))
                states.append(spiceypy.spkgeo(5, 744050833.0, "J2000", 10)[0])
                spiceypy.kclear()
            np.testing.assert_allclose(*states, rtol=1e-12)
        else:
            assert (tmp_path / name).read_text() == (KERNELS / name).read_text(), name


def test_geometry_agrees_with_the_full_kernels(spice):
    full = FULL_KERNELS / "juno_io.tm"
    if not full.exists():
        pytest.skip("the full sample kernels are not beside this checkout")
    spice(full)
    times = start_times()
    wanted = geometry(times)
    spice(KERNELS / "juno_io_pj53.tm")
    own_times = start_times()
    own = geometry(own_times)
    np.testing.assert_allclose(own_times, times, rtol=0, atol=1.5e-4)
    # 0.07 ms at 20 km/s; the attitude is tied to the clock, so it does not move.
    assert np.abs(np.linalg.norm(own["io_km"] - wanted["io_km"], axis=1)).max() < 0.02
    shift = (
        own["io_km"][:, :2] / own["io_km"][:, 2:]
        - wanted["io_km"][:, :2] / (wanted["io_km"][:, 2:])
    )
    assert np.abs(shift).max() / 0.000237767 < 0.01
    np.testing.assert_allclose(own["rotation"], wanted["rotation"], rtol=0, atol=1e-7)
    angle = np.degrees(np.arccos(np.sum(own["sun"] * wanted["sun"], axis=1)))
    assert angle.max() < 0.05
