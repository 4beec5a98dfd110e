"""Truth about the sources of a visit: what they are, and how well its frames show them."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hotspots.body import IO_RADII_KM, latitude_longitude, surface_normal
from hotspots.planck import L_BAND, M_BAND, exitance_gw_um_km2
from hotspots.simulation.source import Source
from hotspots.simulation.source_views import BandView, band_view
from hotspots.simulation.tangent import east_north
from hotspots.simulation.visit import BandTruth, SimulatedVisit

__all__ = ["SOURCE_COLUMNS", "colour", "flux_centre", "source_rows"]

Float64 = NDArray[np.float64]

SOURCE_COLUMNS = (
    *("visit", "source_id", "name", "lat", "lon_east", "class", "S_M", "S_L", "components"),
    *("T_colour_K", "A_colour_km2", "patera_diameter_km", "footprint_km", "geo_lat"),
    *("geo_lon_east", "n_visible", "n_visible_L", "visible_frames", "best_emission_deg"),
    *("best_snr_emission_deg", "incidence_deg", "km_per_px", "min_km_per_px", "max_snr"),
    *("stacked_snr", "peak_dn", "saturated", "saturated_all", "lake_px", "resolvable"),
    "blended_with",
)

LINEAR_DN = 12_000.0
BLEND_PX = 1.5
RESOLVABLE_PX = 3.0
CENTRE_CELLS = 96
"""Cells across a lake for the centre of its light."""


def colour(power_m: float, power_l: float) -> tuple[float, float]:
    """Temperature (K) and area (km2) of the black body with these powers (GW/um)."""
    temperature = np.geomspace(60.0, 6000.0, 4000)
    ratio = np.log(exitance_gw_um_km2(L_BAND, temperature)) - np.log(
        exitance_gw_um_km2(M_BAND, temperature)
    )
    found = float(np.interp(np.log(power_l / power_m), ratio, temperature))
    return found, power_m / float(exitance_gw_um_km2(M_BAND, np.array([found]))[0])


def flux_centre(source: Source, point_km: Float64) -> Float64:
    """Body-fixed place of the middle of a source's light in M, km, (3,).

    Parameters
    ----------
    source : Source
    point_km : array (3,)
        Its nominal place.
    """
    outline = source.outline
    if outline is None:
        return point_km
    half = outline.reach_km
    axis = (np.arange(CENTRE_CELLS) + 0.5) / CENTRE_CELLS * 2 * half - half
    east, north = (a.ravel() for a in np.meshgrid(axis, axis))
    light = outline.radiance(east, north, M_BAND, spread_km=4 * half / CENTRE_CELLS)
    shift = np.array([np.sum(light * east), np.sum(light * north)]) / np.sum(light)
    moved = point_km + shift @ east_north(point_km)
    return np.asarray(moved / np.linalg.norm(moved / np.asarray(IO_RADII_KM)))


def source_rows(visit: SimulatedVisit) -> Iterator[dict[str, str]]:
    """Rows of the table of sources, in the order of the scene.

    Parameters
    ----------
    visit : SimulatedVisit

    Yields
    ------
    dict of str to str
        One value for each of `SOURCE_COLUMNS`.
    """
    views = {band: band_view(visit, band) for band in visit.bands}
    powers = np.array([source.power_gw_um(M_BAND) for source in visit.scene.sources])
    names = [f"{visit.name}_S{i + 1:03d}" for i in range(len(powers))]
    for i, source in enumerate(visit.scene.sources):
        row = _nature(visit, i, float(powers[i]))
        row |= {"visit": visit.name, "source_id": names[i], "name": source.name}
        seen = {band: np.flatnonzero(view.visible[:, i]) for band, view in views.items()}
        band = next((b for b in ("M", "L") if len(seen.get(b, ()))), None)
        row |= {
            "n_visible": str(len(seen.get("M", ()))),
            "n_visible_L": str(len(seen.get("L", ()))),
            "visible_frames": ";".join(_products(visit, seen)),
        }
        if band is None:
            yield row | _UNSEEN
            continue
        yield row | _appearance(visit, i, band, views[band], powers, names)


_UNSEEN = {
    **dict.fromkeys(("best_emission_deg", "best_snr_emission_deg", "incidence_deg"), "-1.00"),
    **dict.fromkeys(("km_per_px", "min_km_per_px"), "0.0000"),
    **dict.fromkeys(("max_snr", "stacked_snr", "peak_dn", "lake_px"), "0.00"),
    **dict.fromkeys(("saturated", "saturated_all", "resolvable"), "0"),
    "blended_with": "",
}


def _products(visit: SimulatedVisit, seen: dict[str, NDArray[np.intp]]) -> list[str]:
    if "M" not in seen:
        return []
    places = visit.bands["M"].frames
    return [visit.frames[places[k]].product.product_id for k in seen["M"]]


def _nature(visit: SimulatedVisit, i: int, power_m: float) -> dict[str, str]:
    """What a source is, whoever looks."""
    source = visit.scene.sources[i]
    power_l = source.power_gw_um(L_BAND)
    temperature, area = colour(power_m, power_l)
    lat, lon = latitude_longitude(flux_centre(source, visit.scene.source_points_km[i]))
    lake = 0.0 if source.outline is None else source.outline.diameter_km
    return {
        "lat": f"{float(lat):.4f}",
        "lon_east": f"{float(lon) % 360:.4f}",
        "class": source.source_class,
        "S_M": f"{power_m:.6g}",
        "S_L": f"{power_l:.6g}",
        "components": ";".join(f"{t:.0f}K:{a:.4g}km2" for t, a in source.components),
        "T_colour_K": f"{temperature:.1f}",
        "A_colour_km2": f"{area:.5g}",
        "patera_diameter_km": f"{lake:.2f}",
        "footprint_km": f"{lake or source.diameter_km:.2f}",
        "geo_lat": f"{source.lat_deg:.4f}",
        "geo_lon_east": f"{source.lon_east_deg:.4f}",
    }


def _appearance(
    visit: SimulatedVisit,
    i: int,
    band: str,
    view: BandView,
    powers: Float64,
    names: list[str],
) -> dict[str, str]:
    """How a source looks in the frames of a band that show it."""
    truth = visit.bands[band]
    seen = truth.rendered.sources
    frames = np.flatnonzero(view.visible[:, i])
    best = frames[np.argmax(view.snr[frames, i])]
    emission = np.degrees(np.arccos(np.clip(seen.cos_emission[:, i], -1, 1)))
    scale = seen.range_km[:, i] * visit.instrument.ifov_rad
    point = visit.scene.source_points_km[i]
    normal = surface_normal(point, np.asarray(IO_RADII_KM))
    incidence = np.degrees(np.arccos(np.clip(normal @ truth.states.sun[best], -1, 1)))
    outline = visit.scene.sources[i].outline
    lake_px = 0.0 if outline is None else outline.diameter_km / scale[best]
    snr = float(view.snr[frames, i].max()) if band == "M" else 0.0
    stacked = float(view.stacked_snr[i]) if band == "M" else 0.0
    saturated = view.peak_dn[frames, i] > LINEAR_DN
    return {
        "best_emission_deg": f"{emission[frames].min():.2f}",
        "best_snr_emission_deg": f"{emission[best]:.2f}",
        "incidence_deg": f"{incidence:.2f}",
        "km_per_px": f"{scale[best]:.4f}",
        "min_km_per_px": f"{scale[frames].min():.4f}",
        "max_snr": f"{snr:.3f}",
        "stacked_snr": f"{stacked:.3f}",
        "peak_dn": f"{view.peak_dn[best, i]:.1f}",
        "saturated": str(int(view.peak_dn[best, i] > LINEAR_DN)),
        "saturated_all": str(int(saturated.all())),
        "lake_px": f"{lake_px:.2f}",
        "resolvable": str(int(lake_px > RESOLVABLE_PX)),
        "blended_with": _blend(visit, i, truth, int(best), powers, names),
    }


def _blend(
    visit: SimulatedVisit,
    i: int,
    truth: BandTruth,
    frame: int,
    powers: Float64,
    names: list[str],
) -> str:
    """The strongest of the stronger sources within 1.5 px, or whose lake it lies in."""
    seen = truth.rendered.sources
    apart = np.hypot(
        seen.sample[frame] - seen.sample[frame, i], seen.line[frame] - seen.line[frame, i]
    )
    points = visit.scene.source_points_km
    distance = np.linalg.norm(points - points[i], axis=1)
    reach = np.array(
        [0.0 if s.outline is None else s.outline.diameter_km / 2 for s in visit.scene.sources]
    )
    near = (np.nan_to_num(apart, nan=np.inf) < BLEND_PX) | (distance < reach)
    near &= powers > powers[i]
    return names[int(np.argmax(np.where(near, powers, 0.0)))] if near.any() else ""
