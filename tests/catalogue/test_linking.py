"""Links: worked by hand, and laws that hold whatever the sources are."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotspots.catalogue.linking import link_sources, wander_km
from hotspots.catalogue.places import displaced
from hotspots.catalogue.published import PublishedHotspot
from hotspots.config import AcrossVisitsSettings
from tests.catalogue.made_sources import made_source

SETTINGS = AcrossVisitsSettings()


def published(volcano_id, lat_deg=0.0, lon_east_deg=0.0, **facts):
    return PublishedHotspot(
        volcano_id=volcano_id,
        name="",
        jrm_id="",
        lat_deg=lat_deg,
        lon_east_deg=lon_east_deg,
        **facts,
    )


def links(sources, known=()):
    """Ids of the members of each volcano."""
    return {
        frozenset(source.source_id for source in volcano.members)
        for volcano in link_sources(sources, known, SETTINGS)
    }


def at(east_km, north_km=0.0, *, lat_deg=0.0, lon_east_deg=0.0):
    lat, lon = displaced(lat_deg, lon_east_deg, east_km, north_km)
    return {"lat_deg": lat, "lon_east_deg": lon}


def test_near_sources_of_two_visits_are_one_volcano_and_far_ones_two():
    near = links([made_source(1), made_source(2, **at(15.0))])
    assert near == {frozenset({"PJ1_001", "PJ2_001"})}
    far = links([made_source(1), made_source(2, **at(60.0))])
    assert far == {frozenset({"PJ1_001"}), frozenset({"PJ2_001"})}


def test_the_reach_is_where_the_odds_are_even():
    # P = 1 + 9.4^2, W = 9.4^2, C = 1 km2: total 178.7 km2 along each axis;
    # ln(0.4 / (2 pi 178.7 * 343 / 41.69e6)) = 3.77, so d^2 = 2 * 178.7 * 3.77 = 36.7^2 km2
    assert len(links([made_source(1), made_source(2, **at(36.2))])) == 1
    assert len(links([made_source(1), made_source(2, **at(37.2))])) == 2


def test_a_poorly_placed_source_reaches_farther():
    blurred = made_source(2, **at(50.0), sigma_km=20.0)
    assert len(links([made_source(1), blurred])) == 1


def test_the_ellipse_counts_not_its_mean_radius():
    ellipse = {"sigma_major_km": 40.0, "sigma_minor_km": 2.0, "sigma_km": 80.0**0.5}
    along = made_source(2, **at(60.0), **ellipse, sigma_azimuth_deg=90.0)
    across = made_source(2, **at(60.0), **ellipse, sigma_azimuth_deg=0.0)
    assert len(links([made_source(1), along])) == 1
    assert len(links([made_source(1), across])) == 2


def test_two_sources_of_a_visit_are_never_one_volcano():
    pair = [made_source(1, 1), made_source(1, 2, **at(2.0))]
    assert len(links(pair)) == 2
    # the nearer of two candidates gets the link, the other stands alone
    assert links([made_source(0), *pair]) == {
        frozenset({"PJ0_001", "PJ1_001"}),
        frozenset({"PJ1_002"}),
    }


def test_a_visit_is_assigned_as_a_whole():
    # 1 is nearest to A, but B can only be 1 and A can be 2: nearest first would split both
    known = [published("a"), published("b", **at(40.0))]
    sources = [made_source(1, 1, **at(18.0)), made_source(1, 2, **at(-18.0))]
    found = link_sources(sources, known, SETTINGS)
    assert {v.published.volcano_id: v.members[0].source_id for v in found} == {
        "a": "PJ1_002",
        "b": "PJ1_001",
    }


def test_a_published_place_links_visits_that_lie_on_both_sides_of_it():
    sources = [made_source(1, **at(-19.0)), made_source(2, **at(19.0))]
    assert len(links(sources)) == 2
    assert len(links(sources, [published("middle")])) == 1


def test_warm_ground_that_is_wide_lets_its_hottest_place_stray():
    wide = published("loki_patera", area_km2=21_500.0)
    assert wander_km(wide, SETTINGS) == pytest.approx((9.4**2 + (165.5 / 4) ** 2) ** 0.5, rel=1e-3)
    assert wander_km(None, SETTINGS) == 9.4
    east, west = made_source(1, **at(60.0)), made_source(2, **at(-60.0))
    assert len(links([east, west], [wide])) == 1
    assert len(links([east, west], [published("small")])) == 2


def test_beside_the_pole_longitudes_do_not_matter():
    sources = [
        made_source(1, lat_deg=89.9, lon_east_deg=10.0),
        made_source(2, lat_deg=89.9, lon_east_deg=200.0),
    ]
    assert len(links(sources)) == 1


def test_published_volcanoes_that_were_not_seen_are_left_out():
    found = link_sources([made_source(1)], [published("far", lat_deg=60.0)], SETTINGS)
    assert [volcano.published for volcano in found] == [None]
    assert link_sources([], [published("far")], SETTINGS) == ()


@st.composite
def crowds(draw):
    """Sources of up to four visits, crowded enough to compete."""
    sources = []
    for visit in range(draw(st.integers(1, 4))):
        for number in range(draw(st.integers(0, 4))):
            place = at(draw(st.floats(-60, 60)), draw(st.floats(-60, 60)), lat_deg=70.0)
            sources.append(made_source(visit, number, **place, sigma_km=draw(st.floats(0.3, 15.0))))
    return sources


@given(crowds(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_sources_and_visits_does_not_matter(sources, random):
    shuffled = list(sources)
    random.shuffle(shuffled)
    known = [published("a", lat_deg=70.0)]
    assert links(shuffled, known) == links(sources, known)


@given(crowds())
@settings(deadline=None)
def test_every_source_belongs_to_one_volcano_and_a_visit_gives_each_one(sources):
    found = link_sources(sources, [published("a", lat_deg=70.0)], SETTINGS)
    members = [source for volcano in found for source in volcano.members]
    assert sorted(s.source_id for s in members) == sorted(s.source_id for s in sources)
    for volcano in found:
        visits = [source.visit for source in volcano.members]
        assert visits == sorted(set(visits))


@given(crowds(), crowds())
@settings(deadline=None)
def test_a_later_visit_changes_no_earlier_link(sources, later):
    added = [
        dataclasses.replace(
            one,
            visit="PJ9",
            source_id=f"PJ9_{number}",
            time_utc=made_source(9).time_utc,
        )
        for number, one in enumerate(later)
    ]
    before = links(sources)
    after = {
        frozenset(one for one in volcano if not one.startswith("PJ9"))
        for volcano in links([*sources, *added])
    }
    assert after - {frozenset()} == before
