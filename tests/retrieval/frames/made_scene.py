"""Frames of known sources, drawn by the simulator's closed forms, for the photometry."""

import numpy as np

from hotspots.body import IO_RADII_KM, latitude_longitude
from hotspots.geometry.projection import project_points
from hotspots.planck import BANDS, hemispheric_power_gw_um
from hotspots.retrieval.frames.scene import BandFrames, FrameScene
from hotspots.retrieval.measurement import ErrorEllipse, Measurement, Power
from hotspots.simulation.optics import Optics
from hotspots.simulation.point_images import point_image
from hotspots.swath import Flag, Swath
from tests.helpers.cameras import SHAPE, camera_above, direction, stack_cameras

RANGE_KM = 40000.0
NOISE = 4.4e-3
PLATEAU = 14600.0 / 2e6 / 2e-3
LINEAR = 10000.0 / 2e6 / 2e-3
OPTICS = Optics(0.7, 1.05, (0.02,), (3.0,))


def surface(latitude_deg, longitude_deg):
    """Point of the ellipsoid, km."""
    ray = direction(latitude_deg, longitude_deg)
    return ray / np.linalg.norm(ray / np.asarray(IO_RADII_KM))


def cameras(n=5):
    """Frames that see the same side, turned and moved against each other."""
    return stack_cameras(
        [
            camera_above(
                2.0 * i, 3.0 * i, RANGE_KM, roll_deg=7.0 * i, shift_px=(5.3 * i - 20, 2.7 * i)
            )
            for i in range(n)
        ]
    )


def exposed(band, seen_by, points_km, powers, rng, *, variance_km2=0.0, pointing_px=(0.0, 0.0)):
    """Swath of point sources of given powers at night, clipped at the plateau."""
    n = len(seen_by)
    seen = project_points(seen_by, points_km)
    area = (seen.range_km * seen_by.ifov_rad) ** 2 / seen.cos_emission
    light = np.where(seen.facing, powers / hemispheric_power_gw_um(BANDS[band], area), 0.0)
    values = np.zeros((n, *SHAPE))
    variance = np.full(len(points_km), variance_km2)
    for i in range(n):
        scale = 1.0 / (seen.range_km[i] * seen_by.ifov_rad) ** 2
        inside = seen.facing[i]
        values[i] = point_image(
            seen.sample[i][inside] + pointing_px[0],
            seen.line[i][inside] + pointing_px[1],
            light[i][inside],
            (variance * scale)[inside],
            OPTICS,
            1.7,
        )
    values = np.minimum(values + NOISE * rng.standard_normal(values.shape), PLATEAU)
    flags = np.where(values >= 0.95 * PLATEAU, int(Flag.SATURATED), 0).astype(np.uint8)
    return Swath(
        band=band,
        product_ids=tuple(f"P{i}" for i in range(n)),
        values=values.astype(np.float32),
        sigma=np.full(values.shape, NOISE, dtype=np.float32),
        flags=flags,
        et=np.arange(n) * 30.0,
        exposure_s=np.full(n, 2e-3),
        cameras=seen_by,
    )


def scene_of(*swaths):
    """Scene of swaths of one band each."""
    bands = {
        swath.band: BandFrames(
            swath=swath,
            sunlight=np.zeros(swath.values.shape, dtype=np.float32),
            smear_px=np.full(len(swath), 1.7),
            linear_radiance=np.full(len(swath), LINEAR),
        )
        for swath in swaths
    }
    names = {name for swath in swaths for name in swath.product_ids}
    alone = {name: 0.03**2 * np.eye(2) for name in names}
    return FrameScene(bands, alone, 0.02**2 * np.eye(2))


def found(point_km, powers, *, snr=50.0, points_km=None, saturated=False):
    """Measurement as a map would give it."""
    latitude, longitude = latitude_longitude(point_km)
    return Measurement(
        et=0.0,
        lat_deg=float(latitude),
        lon_east_deg=float(longitude),
        ellipse=ErrorEllipse.circle(5.0),
        snr=snr,
        p_hotspot=0.9,
        p_lava_lake=0.1,
        powers={
            band: Power.gaussian(value, 0.1 * value, saturated=saturated)
            for band, value in powers.items()
        },
        n_frames=5,
        range_km=RANGE_KM,
        km_per_px=9.2,
        emission_deg=20.0,
        incidence_deg=150.0,
        diameter_km=None,
        points_km=points_km,
    )


def spread_places(step_deg=8.0):
    """Places far from each other that all frames show."""
    latitudes = np.arange(-8.0, 15.0, step_deg)
    longitudes = np.arange(-36.0, 45.0, step_deg)
    return np.array([surface(b, east % 360.0) for b in latitudes for east in longitudes])
