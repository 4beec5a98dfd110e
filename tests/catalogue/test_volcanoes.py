"""Volcanoes: place, name and light curve of linked sources."""

import pytest

from hotspots.catalogue.light_curves import ObservedVisit, PointStatus, View
from hotspots.catalogue.published import POSITION_REFERENCE, published_hotspots
from hotspots.catalogue.volcanoes import GAZETTEER, find_volcanoes, name_of
from hotspots.config import AcrossVisitsSettings
from tests.catalogue.made_sources import made_source

SETTINGS = AcrossVisitsSettings()
LOKI = next(one for one in published_hotspots() if one.volcano_id == "loki_patera")
NOWHERE = {"lat_deg": -40.0, "lon_east_deg": 38.0}
"""Far from every published hot spot."""


def visits(*numbers, view=View(None)):  # noqa: B008 - frozen
    return [
        ObservedVisit(f"PJ{number}", made_source(number).time_utc, lambda _lat, _lon: view)
        for number in numbers
    ]


def test_loki_is_known_by_its_name():
    sources = [made_source(n, lat_deg=12.8, lon_east_deg=51.6 + 0.1 * n) for n in (1, 2)]
    (loki,) = find_volcanoes(sources, visits(1, 2, 3), SETTINGS)
    assert (loki.volcano_id, loki.published) == ("loki_patera", LOKI)
    named = name_of(loki)
    assert (named.name, named.reference) == ("Loki Patera", POSITION_REFERENCE)
    assert named.distance_km == pytest.approx(0.15 * 31.79 * 0.975, rel=1e-2)
    assert [one.status for one in loki.light_curve] == [
        PointStatus.DETECTED,
        PointStatus.DETECTED,
        PointStatus.UNKNOWN,
    ]


def test_a_new_volcano_is_named_after_the_feature_it_lies_in():
    # Lerna Regio has neither a published hot spot nor a feature; Ababinili Patera has a name
    (nameless,) = find_volcanoes([made_source(1, **NOWHERE)], visits(1), SETTINGS)
    assert nameless.published is None
    assert nameless.volcano_id == "HS_400S0380E"
    assert name_of(nameless) is None
    (named,) = find_volcanoes(
        [made_source(1, lat_deg=12.5, lon_east_deg=217.8)], visits(1), SETTINGS
    )
    assert named.published is None
    assert name_of(named).reference == GAZETTEER


def test_the_place_is_the_middle_weighted_with_the_errors():
    near = made_source(1, sigma_km=1.0, **NOWHERE)
    blurred = made_source(2, sigma_km=40.0, lat_deg=-40.5, lon_east_deg=38.0)
    (volcano,) = find_volcanoes([near, blurred], visits(1, 2), SETTINGS)
    # weights 1 / (1 + 9.4^2) and 1 / (1600 + 9.4^2)
    weights = 1 / (1 + 9.4**2), 1 / (1600 + 9.4**2)
    shift = 0.5 * weights[1] / sum(weights)
    assert volcano.lat_deg == pytest.approx(-40.0 - shift, abs=1e-6)
    assert volcano.lon_east_deg == pytest.approx(38.0)
    assert volcano.sigma_km == pytest.approx(sum(weights) ** -0.5)


def test_no_sources_no_volcanoes():
    assert find_volcanoes([], visits(1), SETTINGS) == ()


def test_a_remembered_id_is_kept():
    (volcano,) = find_volcanoes(
        [made_source(1, **NOWHERE)], visits(1), SETTINGS, remembered=["HS_401S0380E"]
    )
    assert volcano.volcano_id == "HS_401S0380E"
