"""The contract of the tables: columns, digits, empty cells, and the way back."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotspots.catalogue.records import FrameRecord, FrameStatus, SourceClass, SourceRecord
from hotspots.errors import ProductError
from hotspots.products.tables import (
    read_frames,
    read_sources,
    row_of_text,
    write_frames,
    write_sources,
)

SOURCE_COLUMNS = (
    "visit,source_id,time_utc,lat_deg,lon_east_deg,sigma_km,class,p_hotspot,p_lava_lake,snr,"
    "m_power_gw_um,m_power_lo_gw_um,m_power_hi_gw_um,"
    "l_power_gw_um,l_power_lo_gw_um,l_power_hi_gw_um,"
    "temperature_k,temperature_lo_k,temperature_hi_k,area_km2,area_lo_km2,area_hi_km2,"
    "saturated,n_frames,range_km,km_per_px,emission_deg,incidence_deg,diameter_km,"
    "name,name_distance_km,"
    "m_power_lo95_gw_um,m_power_hi95_gw_um,l_power_lo95_gw_um,l_power_hi95_gw_um,"
    "total_power_gw,total_power_lo_gw,total_power_hi_gw,emission_model,log10_evidence,"
    "shape,diameter_lo_km,diameter_hi_km,sigma_major_km,sigma_minor_km,sigma_azimuth_deg,"
    "volcano_id"
)


def test_columns_are_those_of_the_contract(tmp_path, sources, frames):
    write_sources(tmp_path / "hotspots.csv", sources)
    write_frames(tmp_path / "frames.csv", frames)
    lines = (tmp_path / "hotspots.csv").read_text().splitlines()
    assert lines[0] == SOURCE_COLUMNS
    assert lines[1] == (
        "PJ99,PJ99_001,2024-02-03T17:48:35.123Z,13.0083,308.7864,2.125,hotspot,,,17.25,"
        ",,,,,,,,,,,,0,3,61523.4,14.6283,23.25,96.50,,,,,,,,,,,,,,,,,,,"
    )
    assert ',"Ra, Patera",12.5' in lines[2]
    lines = (tmp_path / "frames.csv").read_text().splitlines()
    assert lines[:2] == [
        "product_id,status,reason,dx_px,dy_px,sigma_px",
        "JIR_IMG_RDR_2024034T174835_V01,used,,1.250,-537.375,0.125",
    ]


def test_round_trip(tmp_path, sources, frames):
    write_sources(tmp_path / "hotspots.csv", sources)
    write_frames(tmp_path / "frames.csv", frames)
    assert read_sources(tmp_path / "hotspots.csv") == sources
    assert read_frames(tmp_path / "frames.csv") == frames


def test_no_rows_are_a_table_too(tmp_path):
    write_sources(tmp_path / "hotspots.csv", [])
    write_frames(tmp_path / "frames.csv", [])
    assert (tmp_path / "hotspots.csv").read_text() == SOURCE_COLUMNS + "\n"
    assert read_sources(tmp_path / "hotspots.csv") == ()
    assert read_frames(tmp_path / "frames.csv") == ()


maybe_power = st.none() | st.floats(1e-9, 1e6) | st.just(math.nan)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lat=st.floats(-90, 90),
    lon=st.floats(0, 360, exclude_max=True),
    power=maybe_power,
    name=st.none() | st.text(min_size=1).filter(lambda text: text.isprintable()),
    source_class=st.sampled_from(SourceClass),
)
def test_any_source_survives(tmp_path, sources, lat, lon, power, name, source_class):
    source = SourceRecord(
        visit="PJ1",
        source_id="PJ1_001",
        time_utc="2024-02-03T17:48:35.123Z",
        lat_deg=lat,
        lon_east_deg=lon,
        sigma_km=1.0,
        source_class=source_class,
        snr=5.0,
        m_power_gw_um=power,
        n_frames=1,
        range_km=1e5,
        km_per_px=20.0,
        emission_deg=0.0,
        incidence_deg=180.0,
        name=name,
    )
    write_sources(tmp_path / "hotspots.csv", [source])
    (back,) = read_sources(tmp_path / "hotspots.csv")
    assert back.lat_deg == pytest.approx(lat, abs=5.1e-5)
    assert (back.lon_east_deg - lon + 180) % 360 == pytest.approx(180, abs=5.1e-5)
    assert (back.name, back.source_class) == (name, source_class)
    if power is None or math.isnan(power):
        assert back.m_power_gw_um is None
    else:
        assert back.m_power_gw_um == pytest.approx(power, rel=1e-4)


def test_the_circle_of_longitude_stays_open():
    frame = FrameRecord(product_id="x", status=FrameStatus.USED, dx_px=-0.0001)
    assert row_of_text(frame)["dx_px"] == "0.000"
    source = SourceRecord(
        visit="PJ1",
        source_id="1",
        time_utc="",
        lat_deg=-0.00001,
        lon_east_deg=359.99999,
        sigma_km=1.0,
        source_class=SourceClass.HOTSPOT,
        snr=5.0,
        n_frames=1,
        range_km=1.0,
        km_per_px=1.0,
        emission_deg=0.0,
        incidence_deg=0.0,
    )
    assert row_of_text(source)["lon_east_deg"] == "0.0000"
    assert row_of_text(source)["lat_deg"] == "0.0000"


def test_a_number_that_every_source_has_must_be_one(tmp_path, sources):
    object.__setattr__(sources[0], "range_km", math.nan)
    with pytest.raises(ProductError, match=r"range_km is nan"):
        write_sources(tmp_path / "hotspots.csv", sources)


def test_bad_tables_are_named(tmp_path, sources):
    path = tmp_path / "hotspots.csv"
    with pytest.raises(ProductError, match=r"hotspots.csv: cannot be read"):
        read_sources(path)
    path.write_text("visit,source_id\nPJ1,1\n")
    with pytest.raises(ProductError, match=r"no column time_utc"):
        read_sources(path)
    write_sources(path, sources)
    path.write_text(path.read_text().replace("17.25", "seventeen"))
    with pytest.raises(ProductError, match=r"line 2: snr is 'seventeen'"):
        read_sources(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProductError, match=r"cannot be read as a table"):
        read_sources(path)
