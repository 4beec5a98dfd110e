"""A small made-up visit: a sunlit disc with hot spots on a view grid, and its records."""

import numpy as np
import pytest

from hotspots.body import IO_MEAN_RADIUS_KM
from hotspots.catalogue.records import FrameRecord, FrameStatus, SourceClass, SourceRecord
from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.gridding.locate import cell_surface
from hotspots.products.provenance import FileDigest, Provenance, fingerprint


def make_source(number=1, **changes):
    values = {
        "visit": "PJ99",
        "source_id": f"PJ99_{number:03d}",
        "time_utc": "2024-02-03T17:48:35.123Z",
        "lat_deg": 13.0083,
        "lon_east_deg": 308.7864,
        "sigma_km": 2.125,
        "source_class": SourceClass.HOTSPOT,
        "snr": 17.25,
        "n_frames": 3,
        "range_km": 61523.4,
        "km_per_px": 14.6283,
        "emission_deg": 23.25,
        "incidence_deg": 96.5,
    }
    return SourceRecord(**values | changes)


@pytest.fixture
def sources():
    return (
        make_source(1),
        make_source(
            2,
            lat_deg=-8.25,
            lon_east_deg=350.0,
            source_class=SourceClass.LAVA_LAKE,
            p_hotspot=0.125,
            p_lava_lake=0.875,
            m_power_gw_um=1.25,
            m_power_lo_gw_um=1.125,
            m_power_hi_gw_um=1.5,
            l_power_gw_um=0.5,
            l_power_lo_gw_um=0.25,
            l_power_hi_gw_um=0.75,
            temperature_k=512.5,
            temperature_lo_k=450.0,
            temperature_hi_k=600.5,
            area_km2=3.5,
            area_lo_km2=2.25,
            area_hi_km2=5.125,
            saturated=True,
            diameter_km=42.5,
            name="Ra, Patera",
            name_distance_km=12.5,
        ),
    )


@pytest.fixture
def frames():
    return (
        FrameRecord(
            product_id="JIR_IMG_RDR_2024034T174835_V01",
            status=FrameStatus.USED,
            dx_px=1.25,
            dy_px=-537.375,
            sigma_px=0.125,
        ),
        FrameRecord(
            product_id="JIR_IMG_RDR_2024034T175235_V01",
            status=FrameStatus.FAILED,
            reason='image holds 100 bytes, its label says 442368, "truncated"',
        ),
    )


@pytest.fixture
def view_map():
    """A disc of Io, 64 cells across, with noise and one hot spot; NaN off the body."""
    grid = Grid(
        Projection.VIEW,
        (64, 70),
        60.0,
        x_min_km=-2100.0,
        y_max_km=1920.0,
        centre_latitude_deg=10.25,
        centre_longitude_deg=330.5,
    )
    _, latitude, _ = cell_surface(grid)
    rng = np.random.default_rng(7)
    mean = np.where(np.isnan(latitude), np.nan, rng.normal(0.0, 1e-3, grid.shape))
    mean[30, 30] = 0.5
    planes = {
        "m_mean": Plane(mean.astype("float32"), "W m-2 sr-1", "M-band radiance"),
        "m_frames": Plane(np.full(grid.shape, 3, dtype="int16"), "1", "frames in M"),
    }
    return GridMap(grid, planes, {"visit": "PJ99", "range_km": 61523.5, "frames": 3})


@pytest.fixture
def equirectangular_map():
    """The whole of Io in cells of 2 degrees; each cell holds its latitude and longitude."""
    cell_km = np.deg2rad(2.0) * IO_MEAN_RADIUS_KM
    grid = Grid(
        Projection.EQUIRECTANGULAR,
        (90, 180),
        cell_km,
        x_min_km=-90 * cell_km,
        y_max_km=45 * cell_km,
    )
    _, latitude, longitude = cell_surface(grid)
    planes = {
        "lat": Plane(latitude.astype("float32"), "degrees", "latitude"),
        "lon": Plane(longitude.astype("float32"), "degrees", "longitude"),
    }
    return GridMap(grid, planes, {"visit": "PJ99"})


@pytest.fixture
def provenance():
    inputs = (FileDigest("DATA/JIR_IMG_RDR_1.IMG", 442368, "ab" * 32),)
    kernels = (FileDigest("kernels/juno.bsp", 1024, "cd" * 32),)
    settings = {"grid": {"cell_fraction": 0.6}}
    return Provenance(
        visit="PJ99",
        fingerprint=fingerprint(inputs, kernels, settings),
        inputs=inputs,
        kernels=kernels,
        configuration=settings,
        backend="cpu",
        device="two cores",
        started_utc="2024-02-04T00:00:00Z",
        finished_utc="2024-02-04T00:01:00Z",
        versions={"hotspots": "0", "cupy": None},
    )
