from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hotspots.evaluation.matching import assign

# Sources of the makers reach 30 km (3 px of 10 km), 0.9437 degrees.


def pairs(visit):
    return {(m.source.source_id, m.detection.source_id) for m in visit.asked}


def test_the_hungarian_method_finds_both_where_the_greedy_one_finds_one():
    # Greedy takes (0, 0) at 1 and leaves row 1 without a column in reach.
    distance = np.array([[1.0, 2.0], [3.0, 9.0]])
    assert sorted(assign(distance, np.array([5.0, 5.0]))) == [(0, 1), (1, 0)]


def test_the_sum_is_least_among_complete_pairings():
    distance = np.array([[1.0, 2.0], [2.0, 4.0]])
    assert sorted(assign(distance, np.array([5.0, 5.0]))) == [(0, 1), (1, 0)]  # 4 against 5


def test_separations_are_weighed_by_the_reach_of_the_source():
    # A wide source gives way: 4/40 + 1/2 is less than 1/40 + 2/2.
    distance = np.array([[1.0, 1.0], [4.0, 2.0]])
    assert sorted(assign(distance, np.array([40.0, 2.0]))) == [(0, 1), (1, 0)]


def test_the_edge_of_the_reach_belongs_to_it():
    assert assign(np.array([[5.0]]), np.array([5.0])) == [(0, 0)]
    assert assign(np.array([[5.001]]), np.array([5.0])) == []


def best_pairing(distance):
    """Number of pairs and their sum, by trying every pairing; -1 stands for no column."""
    n, m = distance.shape
    choices = (
        [distance[i, j] for i, j in enumerate(columns) if j >= 0 and distance[i, j] <= 1]
        for columns in set(permutations([*range(m), *[-1] * n], n))
    )
    return min(((len(kept), sum(kept)) for kept in choices), key=lambda best: (-best[0], best[1]))


@given(
    arrays(
        np.float64,
        st.tuples(st.integers(1, 4), st.integers(1, 4)),
        elements=st.integers(0, 20).map(lambda tenths: tenths / 10),
    )
)
def test_pairs_are_the_best_of_all_pairings(distance):
    found = assign(distance, np.ones(distance.shape[1]))
    assert len({i for i, _ in found}) == len(found) == len({j for _, j in found})
    kept = [distance[cell] for cell in found]
    assert all(value <= 1 for value in kept)
    assert (len(kept), pytest.approx(sum(kept))) == best_pairing(distance)


def test_an_asked_source_wins_against_a_nearer_neutral_one(make):
    asked = make.source(source_id="asked")
    blended = make.source(source_id="blended", lon_east_deg=0.5, blended=True)
    visit = make.visit([asked, blended], [make.detection(lon_east_deg=0.45)])
    assert pairs(visit) == {("asked", "D1")}
    assert visit.neutral == ()


def test_a_second_detection_goes_to_the_neutral_neighbour(make):
    asked = make.source(source_id="asked")
    blended = make.source(source_id="blended", lon_east_deg=0.5, blended=True)
    detections = [make.detection(), make.detection(source_id="D2", lon_east_deg=0.5)]
    visit = make.visit([asked, blended], detections)
    assert pairs(visit) == {("asked", "D1")}
    assert [(m.source.source_id, m.detection.source_id) for m in visit.neutral] == [
        ("blended", "D2")
    ]
    assert visit.false == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"blended": True},
        {"stacked_snr": 2.0},
        {"emission_deg": 80.0},
        {"m_frames": (), "n_l_frames": 1, "stacked_snr": 0.0},
    ],
)
def test_a_neutral_source_is_neither_asked_for_nor_false(make, changes):
    visit = make.visit([make.source(**changes)], [make.detection()])
    assert visit.asked_sources == ()
    assert len(visit.neutral) == 1
    assert visit.false == ()


def test_a_second_hit_on_a_point_source_is_false(make):
    near = make.detection(source_id="D2", lon_east_deg=0.1)
    visit = make.visit([make.source()], [make.detection(), near])
    assert pairs(visit) == {("S1", "D1")}
    assert [item.detection.source_id for item in visit.false] == ["D2"]


@pytest.mark.parametrize("blended", [False, True])
def test_more_hits_on_an_extended_source_are_fragments(make, blended):
    lake = make.source(footprint_km=100.0, blended=blended)
    detections = [
        make.detection(source_id=f"D{k}", lon_east_deg=lon) for k, lon in enumerate((0.1, 1.0, 2.4))
    ]  # reach 30 + 50 km is 2.52 degrees
    beyond = make.detection(source_id="beyond", lon_east_deg=2.6)
    visit = make.visit([lake], [*detections, beyond])
    assert len(visit.asked) + len(visit.neutral) == 1
    assert [m.detection.source_id for m in visit.fragments] == ["D1", "D2"]
    assert [item.detection.source_id for item in visit.false] == ["beyond"]


def test_a_source_below_snr_1_makes_no_detection_true(make):
    faint = make.source(stacked_snr=0.9)
    elsewhere = make.detection(source_id="D2", lat_deg=45.0)
    visit = make.visit([faint], [make.detection(), elsewhere])
    assert [item.unseen_source for item in visit.false] == [faint, None]


def test_a_source_in_no_frame_explains_nothing(make):
    hidden = make.source(m_frames=(), stacked_snr=0.0, km_per_px=0.0)
    visit = make.visit([hidden], [make.detection()])
    assert [item.unseen_source for item in visit.false] == [None]


def test_pairs_reach_across_the_meridian_of_longitude_zero(make):
    source = make.source(lon_east_deg=359.8)
    visit = make.visit([source], [make.detection(lon_east_deg=0.2)])
    (match,) = visit.asked
    assert match.separation_km == pytest.approx(0.4 * 31.7910, abs=1e-3)
    assert match.separation_px == pytest.approx(0.4 * 3.17910, abs=1e-4)


def test_nothing_found_is_a_result(make):
    visit = make.visit([make.source()], [])
    assert (visit.asked, visit.neutral, visit.fragments, visit.false) == ((), (), (), ())
    assert len(visit.asked_sources) == 1


def test_nothing_there_is_a_result_too(make):
    visit = make.visit([], [make.detection()])
    assert len(visit.false) == 1
    assert visit.asked_sources == ()


@given(st.data())
def test_every_detection_is_in_exactly_one_list(make, data):
    places = st.tuples(st.floats(-3, 3), st.floats(0, 3))
    sources = [
        make.source(
            source_id=f"S{k}",
            lat_deg=lat,
            lon_east_deg=lon,
            stacked_snr=data.draw(st.sampled_from([0.5, 2.0, 20.0])),
            blended=data.draw(st.booleans()),
            footprint_km=data.draw(st.sampled_from([0.0, 80.0])),
        )
        for k, (lat, lon) in enumerate(data.draw(st.lists(places, max_size=6)))
    ]
    detections = [
        make.detection(source_id=f"D{k}", lat_deg=lat, lon_east_deg=lon)
        for k, (lat, lon) in enumerate(data.draw(st.lists(places, max_size=8)))
    ]
    visit = make.visit(sources, detections)
    listed = [m.detection.source_id for m in (*visit.asked, *visit.neutral, *visit.fragments)]
    listed += [item.detection.source_id for item in visit.false]
    assert sorted(listed) == [d.source_id for d in detections]
    taken = [m.source.source_id for m in (*visit.asked, *visit.neutral)]
    assert len(set(taken)) == len(taken)
    assert all(m.source.is_extended and m.source.source_id in taken for m in visit.fragments)
