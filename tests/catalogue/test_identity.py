"""Ids: read from the place, kept for ever."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.catalogue.identity import place_id, place_of_id, volcano_ids
from hotspots.catalogue.linking import LinkedVolcano, link_sources
from hotspots.catalogue.places import distance_km
from hotspots.catalogue.published import PublishedHotspot
from hotspots.config import AcrossVisitsSettings
from tests.catalogue.made_sources import made_source

KNOWN = PublishedHotspot(
    volcano_id="loki_patera", name="Loki Patera", jrm_id="", lat_deg=12.8, lon_east_deg=51.6
)


def alone(visit=1, number=1, **place):
    return LinkedVolcano(None, (made_source(visit, number, **place),))


def test_an_id_is_the_place_to_a_tenth_of_a_degree():
    assert place_id(-73.12, 140.18) == "HS_731S1402E"
    assert place_id(0.0, 359.97) == "HS_000N0000E"
    assert place_of_id("HS_731S1402E") == (-73.1, 140.2)
    assert place_of_id("HS_731S1402E_2") == (-73.1, 140.2)
    assert place_of_id("loki_patera") is None


@given(st.floats(-90, 90), st.floats(0, 360, exclude_max=True))
def test_the_place_in_an_id_is_within_its_rounding(lat, lon):
    place = place_of_id(place_id(lat, lon))
    assert place is not None
    assert float(distance_km(lat, lon, *place)) < 0.0708 * 31.8  # half a diagonal of 0.1 degree


def test_published_volcanoes_have_theirs():
    volcanoes = [LinkedVolcano(KNOWN, (made_source(1),)), alone(lat_deg=10.0)]
    assert volcano_ids(volcanoes) == ("loki_patera", "HS_100N0000E")


def test_two_volcanoes_in_one_tenth_of_a_degree():
    volcanoes = [alone(number=1), alone(number=2, lat_deg=0.01), alone(number=3, lat_deg=0.02)]
    wanted = ("HS_000N0000E", "HS_000N0000E_2", "HS_000N0000E_3")
    assert volcano_ids(volcanoes) == wanted
    assert volcano_ids(volcanoes, remembered=reversed(wanted)) == wanted


def test_a_volcano_that_an_earlier_visit_moved_keeps_its_id():
    first = link_sources([made_source(5)], (), AcrossVisitsSettings())
    (given_id,) = volcano_ids(first)
    earlier = made_source(2, lat_deg=0.3)
    again = link_sources([made_source(5), earlier], (), AcrossVisitsSettings())
    assert volcano_ids(again) == ("HS_003N0000E",)
    assert volcano_ids(again, remembered=[given_id]) == ("HS_000N0000E",)


def test_a_remembered_id_stays_where_it_was_given():
    far = alone(lat_deg=5.0)
    assert volcano_ids([far], remembered=["HS_000N0000E"]) == ("HS_050N0000E",)
    # measured again a little beside: the nearer of two gets the old id, the other its own
    pair = [alone(number=1, lat_deg=0.4), alone(number=2, lat_deg=-0.2)]
    assert volcano_ids(pair, remembered=["HS_000N0000E"]) == ("HS_004N0000E", "HS_000N0000E")


def test_ids_of_other_kinds_are_not_remembered():
    assert volcano_ids([alone()], remembered=["loki_patera", ""]) == ("HS_000N0000E",)


@st.composite
def crowds(draw):
    """Sources of three visits in a small field."""
    return [
        made_source(
            visit,
            number,
            lat_deg=draw(st.floats(-1.5, 1.5)),
            lon_east_deg=draw(st.floats(10.0, 13.0)),
        )
        for visit in range(3)
        for number in range(draw(st.integers(0, 4)))
    ]


def ids_of_sources(sources, remembered=()):
    volcanoes = link_sources(sources, (KNOWN,), AcrossVisitsSettings())
    ids = volcano_ids(volcanoes, remembered)
    assert len(set(ids)) == len(volcanoes)
    return {
        source.source_id: one
        for one, volcano in zip(ids, volcanoes, strict=True)
        for source in volcano.members
    }


@given(crowds(), crowds(), st.booleans())
@settings(deadline=None)
def test_adding_later_visits_changes_no_id(sources, more, remembers):
    later = [
        dataclasses.replace(
            one,
            visit=f"PJ1{one.visit[2:]}",
            source_id=f"PJ1{one.source_id[2:]}",
            time_utc=made_source(10 + int(one.visit[2:])).time_utc,
        )
        for one in more
    ]
    before = ids_of_sources(sources)
    after = ids_of_sources([*sources, *later], before.values() if remembers else ())
    assert {source: after[source] for source in before} == before


@given(crowds())
@settings(deadline=None)
def test_ids_do_not_depend_on_the_order_of_visits(sources):
    assert ids_of_sources(list(reversed(sources))) == ids_of_sources(sources)


@pytest.mark.parametrize("text", ["HS_731S1402", "XHS_731S1402E", "HS_731S1402E_"])
def test_what_is_no_id_of_a_place(text):
    assert place_of_id(text) is None
