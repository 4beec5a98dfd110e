"""Cameras and scenes for the tests of the forward model, drawn from nothing but constants."""

from dataclasses import fields, replace

import numpy as np
from scipy.spatial.transform import Rotation

from hotspots.geometry.cameras import build_cameras
from hotspots.simulation.camera_ranges import (
    BiasRanges,
    CameraRanges,
    ColumnRanges,
    DefectRanges,
    DetectorRanges,
    OpticsRanges,
)
from hotspots.simulation.ground import Ground, PassiveEmission, SunlightLaw
from hotspots.simulation.ranges import Range
from hotspots.simulation.scene import Scene, surface_point_km
from hotspots.simulation.source import Source
from tests.geometry.made_states import IFOV_RAD, camera_axes, make_states, stack_states

DARK_GROUND = Ground(SunlightLaw(0.0), SunlightLaw(0.0), None)
SUNLIT_GROUND = Ground(
    SunlightLaw(0.0251, 0.0018), SunlightLaw(0.0097, 0.0024), PassiveEmission(130.0, 95.0)
)


def silent_ranges(**changes):
    """Camera without any fault or noise, but for ``section=dict(field=value)``."""
    faultless = {
        "optics": (OpticsRanges, {"core_sigma_px": 0.6, "band_ratio": 1.0, "elongation": 1.0,
                                  "inner_wing_sigma_px": 2.0, "outer_wing_sigma_px": 5.0}),
        "detector": (DetectorRanges, {"responsivity_error": 1.0, "electrons_per_dn": 1e12,
                                      "saturation_dn": 14600.0, "linear_dn": 12000.0,
                                      "bend": 2.0, "background_subtracted": 0.0,
                                      "background_shared": 0.0}),
        "columns": (ColumnRanges, {"ghost_length_px": 100.0, "ghost_width_px": 1.0,
                                   "background_dn": 0.0}),
        "defects": (DefectRanges, {"warm_noise": 1.0, "hit_dn": 100.0, "hit_slope": 1.0,
                                   "hit_length_px": 1.0, "hit_spread_px": 0.3}),
        "bias": (BiasRanges, {"level": 1.0, "odd_even": 1.0, "plateau_dn": 16206.0}),
    }  # fmt: skip
    sections = {}
    for name, (kind, quiet) in faultless.items():
        values = quiet | changes.get(name, {})
        settings = {}
        for f in fields(kind):
            value = values.get(f.name, 0.0)
            is_range = f.type is Range or f.type == "Range"
            settings[f.name] = Range.fixed(value) if is_range and np.isscalar(value) else value
        sections[name] = kind(**settings)
    return CameraRanges(**sections)


def looking_at_pixel(position_km, target_km, pixel, roll_deg=0.0):
    """Camera axes that show a body-fixed point at a pixel."""
    towards = np.asarray(target_km, float) - np.asarray(position_km, float)
    towards /= np.linalg.norm(towards)
    ray = np.array([IFOV_RAD * (63.5 - pixel[1]), IFOV_RAD * (215.5 - pixel[0]), 1.0])
    north = np.array([0.0, 0.0, 1.0]) - towards[2] * towards
    turn, _ = Rotation.align_vectors(
        [towards, north / np.linalg.norm(north)],
        [ray / np.linalg.norm(ray), [1.0, 0.0, 0.0]],
        weights=[np.inf, 1.0],
    )
    return (Rotation.from_rotvec(np.radians(roll_deg) * towards) * turn).as_matrix()


def cameras_over(source, distance_km, pixels, *, tilt_deg=0.0, roll_deg=20.0, sun=(1, 0, 0)):
    """Frames from a distance (km) that show a source at the given pixels."""
    place = surface_point_km(source.lat_deg, source.lon_east_deg)
    up = place / np.linalg.norm(place)
    east = np.cross([0.0, 0.0, 1.0], up)
    east /= np.linalg.norm(east)
    tilt = np.radians(tilt_deg)
    position = place + distance_km * (np.cos(tilt) * up + np.sin(tilt) * east)
    states = [
        make_states(position, looking_at_pixel(position, place, pixel, roll_deg), sun=sun)
        for pixel in pixels
    ]
    return build_cameras(stack_states(states), IFOV_RAD)


def hot_spot(components=((600.0, 10.0),), lat_deg=10.0, lon_east_deg=40.0, name="hot spot"):
    return Source(name, lat_deg, lon_east_deg, "hotspot", components)


def scene_of(*sources, ground=DARK_GROUND):
    return Scene(tuple(sources), ground)


def disc_cameras(distance_km, centre_pixels, sun=(1.0, 0.3, 0.1)):
    """Frames of the whole disc around pixels, from a distance of its centre (km)."""
    towards = surface_point_km(5.0, 30.0)
    position = distance_km * towards / np.linalg.norm(towards)
    states = [
        make_states(position, camera_axes(position, centre_pixel=pixel, roll_deg=10.0), sun=sun)
        for pixel in centre_pixels
    ]
    return build_cameras(stack_states(states), IFOV_RAD)


def on_strict(cameras, module):
    """The cameras with their device arrays in array-api-strict, on its second device."""
    place = module.Device("device1")
    return replace(
        cameras,
        constants=module.asarray(cameras.constants, device=place),
        origin=module.asarray(cameras.origin, device=place),
    )
