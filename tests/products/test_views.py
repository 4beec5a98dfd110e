"""What a visit could see, read back from its own files."""

import numpy as np
import pytest

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.catalogue.light_curves import View
from hotspots.catalogue.limit_records import LimitRecord, LimitStatus
from hotspots.errors import ProductError
from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.products.limits import write_limits
from hotspots.products.rasters import write_cog
from hotspots.products.views import view_of_visit


def row(name="Loki Patera", lat_deg=12.8, lon_east_deg=51.6, **limits):
    return LimitRecord(
        visit="PJ1",
        name=name,
        lat_deg=lat_deg,
        lon_east_deg=lon_east_deg,
        status=LimitStatus.NOT_SEEN,
        km_per_px=10.0,
        emission_deg=30.0,
        n_frames=3,
        **limits,
    )


def limit_map(*, centre_deg=0.0, leave_out=()):
    """Cells of 10 degrees; those between 0 and 60 north, 0 and 90 east are in view."""
    cell_km = np.deg2rad(10.0) * IO_MEAN_RADIUS_KM
    grid = Grid(
        projection=Projection.EQUIRECTANGULAR,
        shape=(18, 36),
        cell_km=float(cell_km),
        x_min_km=float(-18 * cell_km),
        y_max_km=float(9 * cell_km),
        centre_longitude_deg=centre_deg,
    )
    latitude = 85.0 - 10.0 * np.arange(18)[:, None]
    longitude = (-175.0 + 10.0 * np.arange(36)[None, :] + centre_deg) % 360.0
    in_view = (latitude > 0) & (latitude < 60) & (longitude < 90)
    half = np.where(in_view, 0.001 * (latitude + 100 * longitude), np.nan)
    half[in_view & (longitude > 80)] = np.nan  # nothing is found so obliquely
    planes = {
        "m_limit50_gw_um": Plane(half, "GW/um", "half"),
        "m_limit90_gw_um": Plane(2 * half, "GW/um", "nine tenths"),
        "frames": Plane(np.where(in_view, 3.0, 0.0), "1", "frames"),
    }
    return GridMap(grid, {name: one for name, one in planes.items() if name not in leave_out})


@pytest.mark.parametrize("centre_deg", [0.0, 180.0])
def test_the_raster_answers_for_every_place(tmp_path, centre_deg):
    write_limits(tmp_path, None, limit_map(centre_deg=centre_deg))
    view = view_of_visit(tmp_path)
    seen = view(12.8, 51.6)  # in the cell about 15 north, 55 east
    assert seen.in_view
    assert seen.m_limit50_gw_um == pytest.approx(5.515)
    assert seen.m_limit90_gw_um == pytest.approx(11.03)
    assert view(10.001, 50.001) == view(19.999, 59.999) == seen
    assert view(12.8, 231.6) == View(False)
    assert view(-12.8, 51.6) == View(False)
    assert view(15.0, 359.99) == View(False)
    assert view(-90.0, 0.0) == view(90.0, 359.9) == View(False)
    assert view(15.0, 85.0) == View(True)


def test_the_table_answers_for_known_volcanoes(tmp_path):
    pele = row("Pele", -18.8, 104.4)
    write_limits(tmp_path, [row(m_limit50_gw_um=0.1, m_limit90_gw_um=0.2), pele], None)
    view = view_of_visit(tmp_path)
    assert view(13.0, 51.6) == View(True, 0.1, 0.2)
    assert view(-18.8, 104.4) == View(True)
    assert view(68.5, 110.2) == View(False)  # Chors Patera has no row: it was not in view
    assert view(-40.0, 280.0) == View(None)  # no known volcano is near


def test_without_limits_nothing_is_known(tmp_path):
    assert view_of_visit(tmp_path)(0.0, 0.0) == View(None)
    write_limits(tmp_path, [], None)
    assert view_of_visit(tmp_path)(-40.0, 280.0) == View(None)
    assert view_of_visit(tmp_path)(12.8, 51.6) == View(False)


def test_a_raster_without_a_band_is_named(tmp_path):
    write_limits(tmp_path, None, limit_map(leave_out=("frames",)))
    with pytest.raises(ProductError, match=r"limits.tif: no band frames; it has m_limit50"):
        view_of_visit(tmp_path)


def test_a_spoilt_raster_is_named(tmp_path):
    (tmp_path / "limits.tif").write_bytes(b"spoilt")
    with pytest.raises(ProductError, match=r"limits.tif"):
        view_of_visit(tmp_path)


def test_a_polar_raster_is_refused(tmp_path):
    grid = Grid(
        projection=Projection.POLAR_NORTH,
        shape=(4, 4),
        cell_km=100.0,
        x_min_km=-200.0,
        y_max_km=200.0,
    )
    names = ("m_limit50_gw_um", "m_limit90_gw_um", "frames")
    planes = {name: Plane(np.ones((4, 4)), "1", name) for name in names}
    write_cog(tmp_path / "limits.tif", GridMap(grid, planes))
    with pytest.raises(ProductError, match="equirectangular"):
        view_of_visit(tmp_path)
