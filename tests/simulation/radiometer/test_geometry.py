"""Way, turn and antennas of a flyby against SPICE, which reads the kernels written of them."""

from pathlib import Path

import numpy as np
import pytest
import spiceypy

from hotspots.archive.kernels import KernelPool
from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.errors import ConfigurationError
from hotspots.simulation.radiometer.geolocation import geolocation_columns
from hotspots.simulation.radiometer.passage import PassageRanges, radiometer_metakernel
from hotspots.simulation.radiometer.visit import SimulatedFlyby
from hotspots.simulation.ranges import Range


@pytest.fixture(scope="module")
def metakernel(flyby: SimulatedFlyby, kernel_folder: Path) -> Path:
    return radiometer_metakernel(kernel_folder, [], [flyby.passage])


def test_closest_approach_is_as_high_as_wanted(flyby: SimulatedFlyby) -> None:
    distance = np.linalg.norm(flyby.rows.juno, axis=1)
    assert distance.min() == pytest.approx(IO_MEAN_RADIUS_KM + 2000.0, abs=5.0)
    assert 0.3 < np.argmin(distance) / len(distance) < 0.7


def test_kernels_say_what_the_flyby_was_made_with(flyby: SimulatedFlyby, metakernel: Path) -> None:
    rows = flyby.rows
    with KernelPool(metakernel):
        for i in range(0, len(rows), 37):
            et = rows.et[i]
            juno, _ = spiceypy.spkpos("JUNO", et, "J2000", "NONE", "IO")
            jupiter, _ = spiceypy.spkpos("JUPITER", et, "J2000", "NONE", "IO")
            sun, _ = spiceypy.spkpos("SUN", et, "J2000", "NONE", "IO")
            np.testing.assert_allclose(rows.juno[i], juno, atol=1e-3)
            np.testing.assert_allclose(rows.jupiter[i], jupiter, atol=1e-2)
            np.testing.assert_allclose(rows.sun[i], sun / np.linalg.norm(sun), atol=1e-9)
            for antenna, number in ((0, 1), (1, 2), (1, 6)):
                axes = spiceypy.pxform("J2000", f"JUNO_MWR_A{number}", et)
                np.testing.assert_allclose(rows.antennas[i, antenna], axes, atol=1e-6)


def test_antennas_look_120_degrees_apart_across_the_axis(flyby: SimulatedFlyby) -> None:
    one, other = flyby.rows.antennas[:, 0, 2], flyby.rows.antennas[:, 1, 2]
    np.testing.assert_allclose(np.sum(one * other, axis=1), -0.5, atol=1e-12)
    np.testing.assert_allclose(one @ flyby.passage.spin.axis, 0.0, atol=1e-12)


def test_io_is_scanned_once_a_turn(flyby: SimulatedFlyby) -> None:
    rows = flyby.rows
    towards = -rows.juno / np.linalg.norm(rows.juno, axis=1, keepdims=True)
    for antenna in (0, 1):
        cosine = np.sum(rows.antennas[:, antenna, 2] * towards, axis=1)
        for turn in range(1, int(rows.turn[-1])):
            assert cosine[rows.turn == turn].max() > np.cos(np.radians(30))


def test_boresight_columns_give_the_antennas_axes(flyby: SimulatedFlyby) -> None:
    columns, rows = geolocation_columns(flyby.rows), flyby.rows
    for number, antenna in ((1, 0), (4, 1)):
        longitude, latitude, roll = (
            np.radians(columns[name])
            for name in (f"J2000_lon_B{number}", f"J2000_lat_B{number}", f"J2000_rot_A{number}")
        )
        z = np.stack(
            [
                np.cos(latitude) * np.cos(longitude),
                np.cos(latitude) * np.sin(longitude),
                np.sin(latitude),
            ],
            axis=1,
        )
        np.testing.assert_allclose(z, rows.antennas[:, antenna, 2], atol=1e-12)
        east = np.stack([-np.sin(longitude), np.cos(longitude), 0 * longitude], axis=1)
        north = np.cross(z, east)
        x = np.cos(roll)[:, None] * north + np.sin(roll)[:, None] * east
        np.testing.assert_allclose(x, rows.antennas[:, antenna, 0], atol=1e-12)


def test_jupiters_columns_against_spice(flyby: SimulatedFlyby, metakernel: Path) -> None:
    columns, rows = geolocation_columns(flyby.rows), flyby.rows
    met = np.flatnonzero(np.isfinite(columns["PC_lon_JsB2"]))
    with KernelPool(metakernel):
        _, radii = spiceypy.bodvrd("JUPITER", "RADII", 3)
        for i in range(0, len(rows), 53):
            to_jupiter = spiceypy.pxform("J2000", "IAU_JUPITER", rows.et[i])
            juno, _ = spiceypy.spkpos("JUNO", rows.et[i], "IAU_JUPITER", "NONE", "JUPITER")
            found = [columns[f"S3RH_{axis}_JcJn"][i] for axis in "xyz"]
            np.testing.assert_allclose(found, juno, atol=1e-2)
            assert columns["range_JnJc"][i] == pytest.approx(np.linalg.norm(juno))
            _, longitude, latitude = spiceypy.reclat(juno)
            assert columns["PC_lon_JsJnJc"][i] == pytest.approx(np.degrees(longitude) % 360)
            assert columns["PC_lat_JsJnJc"][i] == pytest.approx(np.degrees(latitude))
            boresight = to_jupiter @ rows.antennas[i, 1, 2]
            angle = spiceypy.vsep(boresight, -juno)
            assert columns["angle_JnJc_B3"][i] == pytest.approx(angle)
            if i not in met:
                continue
            point = spiceypy.surfpt(juno, boresight, *radii)
            _, longitude, latitude = spiceypy.reclat(point)
            assert columns["PC_lon_JsB2"][i] == pytest.approx(np.degrees(longitude) % 360, abs=1e-6)
            assert columns["PC_lat_JsB2"][i] == pytest.approx(np.degrees(latitude), abs=1e-6)


def test_passage_out_of_range_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="altitude_km"):
        PassageRanges(altitude_km=Range(10.0, 20.0))
