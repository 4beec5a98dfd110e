import pytest

from hotspots.evaluation.false_rates import false_rates


@pytest.fixture
def rates(make):
    """A visit from afar, one from near and afar, and one whose frames were not used."""
    far = make.frame("far", km_per_px=49.0)
    near = make.frame("near", km_per_px=1.0)
    sources = [
        make.source(source_id="A", m_frames=("far",), km_per_px=49.0),
        make.source(source_id="B", lat_deg=30.0, m_frames=("far", "near"), km_per_px=1.0),
        make.source(source_id="C", lat_deg=60.0, m_frames=()),
        make.source(source_id="D", lat_deg=-60.0, m_frames=()),
    ]
    made_up = [
        make.detection(lat_deg=-20.0, snr=4.0, km_per_px=49.0),
        make.detection(lat_deg=-30.0, snr=2.0, km_per_px=49.0),
        make.detection(lat_deg=-40.0, snr=30.0, km_per_px=1.0),
        make.detection(lat_deg=-50.0),
    ]
    return false_rates(
        [
            make.visit(sources, made_up[:2], [far], [make.record("far")]),
            make.visit(
                sources, made_up[2:], [far, near], [make.record("far"), make.record("near")]
            ),
            make.visit(sources, [], [make.frame("other", km_per_px=49.0)], []),
        ]
    )


def test_the_total_counts_every_false_detection(rates):
    assert (rates.total.n_false, rates.total.n_visits_imaged) == (4, 2)
    assert rates.total.per_visit == 2.0
    # Two of the four sources are in used frames, in both visits: a disc each.
    assert rates.total.covered_discs == 2.0
    assert rates.total.per_covered_disc == 2.0


def test_a_visit_counts_at_the_scales_of_its_used_frames(rates):
    far, middle, near = (rates.by_scale[name] for name in (">20", "2-20", "<2"))
    assert (far.n_false, far.n_visits_imaged, far.per_visit) == (2, 2, 1.0)
    assert (near.n_false, near.n_visits_imaged, near.per_visit) == (1, 1, 1.0)
    assert (middle.n_false, middle.n_visits_imaged) == (0, 0)
    assert middle.per_visit is middle.per_covered_disc is None
    # A is best seen from afar and B from near, each a quarter of the sources, twice.
    assert far.covered_discs == near.covered_discs == 1.0


def test_the_reported_snr_sorts_them_too(rates):
    counts = {name: rate.n_false for name, rate in rates.by_snr.items()}
    assert counts == {"<3": 1, "3-5": 1, "5-10": 0, "10-30": 0, ">30": 1}
    assert rates.by_snr["5-10"].per_visit == 0.0
    assert rates.by_snr["3-5"].per_visit == 0.5


def test_nothing_imaged_has_no_rate(make):
    rates = false_rates([make.visit([make.source()], [], [make.frame()], [])])
    assert rates.total.per_visit is None
    assert rates.total.per_covered_disc is None
