from hotspots.evaluation.completeness import completeness, completeness_by_scale
from hotspots.evaluation.statistics import Tally


def test_bins_hold_their_lower_edge(make):
    snrs = (2.9, 3.0, 4.9, 5.0, 9.9, 10.0, 29.9, 30.0, 5000.0)
    sources = [
        make.source(source_id=f"S{k}", lat_deg=5.0 * k, stacked_snr=snr)
        for k, snr in enumerate(snrs)
    ]
    figures = completeness([make.visit(sources, [make.detection(lat_deg=25.0)])])
    assert figures.by_snr == {
        "3-5": Tally(0, 2, 0.0),
        "5-10": Tally(0, 2, 0.0),
        "10-30": Tally(1, 2, 0.5),
        ">30": Tally(0, 2, 0.0),
    }
    assert figures.bright == Tally(1, 4, 0.25)


def test_decades_of_power(make):
    powers = (0.02, 0.0999, 0.1, 1.0, 20000.0)
    sources = [
        make.source(source_id=f"S{k}", lat_deg=10.0 * k, m_power_gw_um=power)
        for k, power in enumerate(powers)
    ]
    figures = completeness([make.visit(sources, [make.detection()])])
    assert figures.by_power == {
        "0.01": Tally(1, 2, 0.5),
        "0.1": Tally(0, 1, 0.0),
        "1": Tally(0, 1, 0.0),
        "10000": Tally(0, 1, 0.0),
    }


def test_pooling_counts_sources_and_not_visits(make):
    first = make.visit([make.source()], [make.detection()])
    second = make.visit([make.source(lat_deg=10.0 * k, source_id=f"S{k}") for k in range(3)])
    assert completeness([first, second]).bright == Tally(1, 4, 0.25)


def test_a_source_found_in_one_visit_is_not_found_in_another(make):
    twin = make.source()
    seen, unseen = make.visit([twin], [make.detection()]), make.visit([twin], [], name="PJ02")
    assert completeness([seen, unseen]).bright == Tally(1, 2, 0.5)


def test_neutral_sources_are_not_counted(make):
    figures = completeness([make.visit([make.source(blended=True)], [make.detection()])])
    assert figures.bright == Tally(0, 0, None)
    assert figures.by_power == {}


def test_sources_are_sorted_by_snr_and_by_the_scale_of_their_best_frame(make):
    sources = [
        make.source(source_id="A", lat_deg=0.0, stacked_snr=50.0, km_per_px=1.0),
        make.source(source_id="B", lat_deg=20.0, stacked_snr=50.0, km_per_px=2.0),
        make.source(source_id="C", lat_deg=40.0, stacked_snr=4.0, km_per_px=30.0),
        make.source(source_id="D", lat_deg=60.0, stacked_snr=4.0, km_per_px=30.0),
        make.source(source_id="E", lat_deg=-20.0, stacked_snr=2.0, km_per_px=30.0),
    ]
    detections = [make.detection(lat_deg=lat) for lat in (0.0, 40.0)]
    table = completeness_by_scale([make.visit(sources, detections)])
    counts = {
        (scale, snr): (one.found, one.asked)
        for scale, row in table.items()
        for snr, one in row.items()
        if one.asked
    }
    assert counts == {
        ("<2", ">30"): (1, 1),
        ("2-20", ">30"): (0, 1),
        (">20", "3-5"): (1, 2),
        ("all", "3-5"): (1, 2),
        ("all", ">30"): (1, 2),
    }
    assert table["<2"]["3-5"].fraction is None
