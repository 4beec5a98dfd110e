import csv

import numpy as np
import pytest
import spiceypy

from hotspots.archive.kernels import KernelPool
from hotspots.body import latitude_longitude
from hotspots.errors import ConfigurationError, KernelError
from hotspots.geometry.state import frame_states
from hotspots.simulation.attitude import Spin
from hotspots.simulation.flyby import assemble
from hotspots.simulation.flyby_settings import FlybySettings, Track
from hotspots.simulation.kernels import (
    attitude_kernel,
    trajectory_kernel,
    write_attitude,
    write_metakernel,
    write_text_kernels,
    write_trajectory,
)
from hotspots.simulation.tracks import read_frame_list, track_of_frame_list, track_of_kernels

HEADINGS = {
    "images": (
        *("Perijove", "Observation", "Image Mid-Time (UTC)", "SC Distance (Io, km)"),
        *("SC Altitude (Io, km)", "SC Latitude (Io IAU, deg)", "SC W Longitude (Io IAU, deg)"),
    ),
    "track": (
        *("Perijove", "Observation", "Time (UTC)", "SC Range to Io (km)", "SC Altitude (km)"),
        *("SC Latitude (deg)", "SC W Longitude (deg)"),
    ),
}
TRACK_HEADING = "Time (UTC),SC Range to Io (km),SC Latitude (deg),SC W Longitude (deg)\n"
START = 7.7156556e8


def rows(count=12, step_s=30.0):
    """Times (TDB s), distances, latitudes and west longitudes of a slow drift."""
    i = np.arange(count)
    return START + step_s * i, 47_000.0 - 500 * i, -63.0 + 0.5 * i, 1.0 - 0.3 * i


def write_list(path, style="images", count=12, delay_s=0.0):
    et, distance, latitude, west = rows(count)
    et = et + delay_s
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS[style])
        for i in range(count):
            time = spiceypy.et2utc(et[i], "ISOC", 3)
            day = f"{time[5:7]}/{time[8:10]}/{time[:4]} {time[11:]}"
            values = ["PJ62", "X", day, distance[i], distance[i] - 1820, latitude[i], west[i] % 360]
            writer.writerow(values)
    return path


@pytest.mark.parametrize("style", ["images", "track"])
def test_table_is_read_in_both_styles(text_kernels, tmp_path, style):
    times, position = read_frame_list(write_list(tmp_path / "list.csv", style))
    et, distance, latitude, west = rows()
    assert [spiceypy.str2et(time) for time in times] == pytest.approx(et, abs=1e-3)
    assert np.linalg.norm(position, axis=1) == pytest.approx(distance)
    found = latitude_longitude(position)
    assert found[0] == pytest.approx(latitude)
    assert found[1] == pytest.approx(-west % 360)


def test_spacecraft_is_where_the_table_says(text_kernels, tmp_path):
    settings = FlybySettings(track=Track.frame_list, frame_list=write_list(tmp_path / "list.csv"))
    track, middle = track_of_frame_list(settings, 100.0, np.random.default_rng(0))
    et, distance, latitude, west = rows()
    assert et[0] + 49 < middle < et[-1] - 49
    folder = tmp_path / "kernels"
    write_trajectory(folder / trajectory_kernel("PJ62"), track)
    spin = Spin(np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0]), START, 30.0)
    write_attitude(folder / attitude_kernel("PJ62"), spin, START - 10, et[-1] + 10)
    with KernelPool(write_metakernel(folder, ["PJ62"])):
        states = frame_states(et, "JUNO_JIRAM_I_MBAND")
    assert np.linalg.norm(states.position_km, axis=1) == pytest.approx(distance, abs=5)
    found = latitude_longitude(states.position_km)
    assert found[0] == pytest.approx(latitude, abs=0.01)
    assert (found[1] + west + 180) % 360 == pytest.approx(180, abs=0.01)


def test_visit_lies_in_one_run_of_frames(text_kernels, tmp_path):
    path = write_list(tmp_path / "list.csv", count=10)
    later = write_list(tmp_path / "later.csv", count=10, delay_s=20_000.0)
    rows_later = later.read_text(encoding="utf-8").splitlines()[1:]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(rows_later), encoding="utf-8")
    settings = FlybySettings(track=Track.frame_list, frame_list=path)
    starts = set()
    for seed in range(10):
        _, middle = track_of_frame_list(settings, 100.0, np.random.default_rng(seed))
        assert 50 < (middle - START) % 20_000 < 220
        starts.add((middle - START) // 20_000)
    assert starts == {0, 1}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no column"),
        ("Time (UTC),SC Latitude (deg)\n", "no column 'sc distance'"),
        (
            TRACK_HEADING + "06/13/2024 15:41:17.265,47694.7,-63.3,135.9\n",
            "1 rows",
        ),
        (
            TRACK_HEADING + "yesterday,47694.7,-63.3,135.9\n",
            "line 2: time 'yesterday'",
        ),
        (
            TRACK_HEADING + "06/13/2024 15:41:17.265,far,-63.3,135.9\n",
            "line 2: could not convert",
        ),
    ],
)
def test_unusable_table_is_refused_by_name_and_line(tmp_path, text, complaint):
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=complaint) as error:
        read_frame_list(path)
    assert "list.csv" in str(error.value)


def test_missing_table_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_frame_list(tmp_path / "none.csv")


@pytest.fixture
def own_kernels(text_kernels, tmp_path):
    """Kernels of a pass whose closest approach is 1,000 s after `START`."""
    et = START + 60.0 * np.arange(-120, 160)
    velocity = np.array([0.0, 20.0, 10.0])
    position = np.array([9000.0, 0, 0]) + (et - START - 1000)[:, None] * velocity
    track = assemble(et, np.hstack([position, np.tile(velocity, (len(et), 1))]))
    folder = tmp_path / "own"
    folder.mkdir()
    write_trajectory(folder / "pass.bsp", track)
    write_text_kernels(folder)
    return folder


def kernel_settings(path, first=-2000, last=4000):
    times = [spiceypy.et2utc(START + t, "ISOC", 3) for t in (first, last)]
    return FlybySettings(track=Track.kernels, kernels=path, first_utc=times[0], last_utc=times[1])


def test_closest_approach_of_kernels_is_found(own_kernels):
    track, middle = track_of_kernels(kernel_settings(own_kernels))
    assert middle == pytest.approx(START + 1000, abs=0.1)
    assert np.linalg.norm(track.position(middle)) == pytest.approx(9000, abs=0.1)


def test_time_without_kernels_is_refused(own_kernels):
    with pytest.raises(KernelError, match="no way of Juno"):
        track_of_kernels(kernel_settings(own_kernels, first=90_000, last=99_000))


def test_times_must_be_times_in_order(own_kernels):
    with pytest.raises(ConfigurationError, match="not later"):
        track_of_kernels(kernel_settings(own_kernels, first=10, last=0))
    settings = FlybySettings(
        track=Track.kernels, kernels=own_kernels, first_utc="noon", last_utc="night"
    )
    with pytest.raises(ConfigurationError, match="first_utc=noon"):
        track_of_kernels(settings)


def test_real_frame_list_has_its_own_sun(text_kernels, tmp_path, shared_data):
    path = shared_data / "jiram" / "io_geometry_csv" / "PJ25_io_frames.csv"
    settings = FlybySettings(track=Track.frame_list, frame_list=path)
    eclipse_ends = spiceypy.str2et("2020-02-17T13:30")
    drawn = (
        track_of_frame_list(settings, 300.0, np.random.default_rng(seed)) for seed in range(30)
    )
    track, middle = next(pair for pair in drawn if pair[1] < eclipse_ends)
    with path.open(encoding="utf-8-sig") as file:
        table = list(csv.DictReader(file))
    folder = tmp_path / "kernels"
    write_trajectory(folder / trajectory_kernel("PJ25"), track)
    spin = Spin(np.array([0.0, 0.0, 1.0]), np.array([1.0, 0.0, 0.0]), middle, 30.0)
    write_attitude(folder / attitude_kernel("PJ25"), spin, middle - 600, middle + 600)
    times = [
        "{2}-{0}-{1}T{3}".format(*row["Image Mid-Time (UTC)"].replace(" ", "/").split("/"))
        for row in table
    ]
    inside = [i for i, t in enumerate(times) if abs(spiceypy.str2et(t) - middle) < 500]
    with KernelPool(write_metakernel(folder, ["PJ25"])):
        et = np.array([spiceypy.str2et(times[i]) for i in inside])
        states = frame_states(et, "JUNO_JIRAM_I_MBAND")
    assert states.eclipsed.all()  # as published
    latitude, longitude = latitude_longitude(states.sun)
    for k, i in enumerate(inside):
        row = table[i]
        assert latitude[k] == pytest.approx(float(row["Sub-Solar Latitude (Io IAU, deg)"]), abs=0.1)
        west = float(row["Sub-Solar W Longitude (Io IAU, deg)"])
        assert (longitude[k] + west + 180) % 360 == pytest.approx(180, abs=0.2)
        place = latitude_longitude(states.position_km[k])
        assert place[0] == pytest.approx(float(row["SC Latitude (Io IAU, deg)"]), abs=0.02)
        distance = float(row["SC Distance (Io, km)"])
        assert np.linalg.norm(states.position_km[k]) == pytest.approx(distance, rel=1e-4)


def test_real_trajectory_passes_io_at_the_published_distance(text_kernels, shared_data):
    spk = shared_data / "spice" / "spk_pre_220614_221109_220810_jm0450.bsp"
    settings = FlybySettings(
        track=Track.kernels, kernels=spk, first_utc="2022-07-05T00:00", last_utc="2022-07-05T12:00"
    )
    track, middle = track_of_kernels(settings)
    # 86,140 km above Io's centre about 09:18; Io's place is a circle's, good to 4,000 km.
    assert np.linalg.norm(track.position(middle)) == pytest.approx(87_000, abs=5000)
