"""Defective pixels, particle hits and lost packets: how many, how strong, what shape."""

import numpy as np
import pytest
from scipy.ndimage import label

from hotspots.archive.image import missing_packets
from hotspots.simulation.artefacts import (
    LONGEST_TRACK_PX,
    Particles,
    draw_defects,
    draw_particles,
)
from hotspots.simulation.camera_ranges import DefectRanges
from hotspots.simulation.ranges import Range

SHAPE = (128, 432)


def particles(**changes):
    values = {
        "rate": 40.0,
        "scatter": 0.0,
        "least_dn": 100.0,
        "slope": 1.0,
        "length_px": 1.5,
        "spread_px": 0.3,
        "lost_packet": 0.0,
    }
    return Particles(**(values | changes))


def frames(source, count, seed=1):
    rng = np.random.default_rng(seed)
    return np.stack([source.charge_dn(rng, SHAPE) for _ in range(count)])


def test_hits_come_at_their_rate():
    # a charge of 500 DN in each, so that the sum counts them; the rim takes one in fifty
    charge = frames(particles(least_dn=500.0, slope=1e9, rate=40.0), 60)
    count = charge.sum(axis=(1, 2)) / 500.0
    assert count.mean() == pytest.approx(40.0, abs=3 * np.sqrt(40 / 60) + 1.0)
    assert count.std() == pytest.approx(np.sqrt(40), rel=0.3)


def test_rates_scatter_between_frames():
    steady = frames(particles(least_dn=500.0, slope=1e9), 40).sum(axis=(1, 2))
    uneven = frames(particles(least_dn=500.0, slope=1e9, scatter=0.8), 40).sum(axis=(1, 2))
    assert uneven.std() > 2 * steady.std()


def test_charges_have_a_heavy_tail_up_to_an_end():
    rng = np.random.default_rng(2)
    single = particles(rate=1e-9, length_px=1e-6, spread_px=0.1)
    assert not single.charge_dn(rng, SHAPE).any()
    many = particles(rate=2000.0, length_px=1e-6, spread_px=0.05, slope=0.5)
    charge = many.charge_dn(rng, (1280, 4320))
    regions, _ = label(charge > 0, structure=np.ones((3, 3)))
    total = np.bincount(regions.ravel(), weights=charge.ravel())[1:]
    assert np.median(total) == pytest.approx(100.0 * 2**2, rel=0.2)
    assert np.mean(total > 1600) == pytest.approx(0.25, abs=0.04)
    assert 20_000 < total.max() < 70_000


def test_tracks_are_short_and_turn_every_way():
    source = particles(rate=15.0, length_px=3.0, spread_px=0.2, slope=1e9, least_dn=1000.0)
    heights, widths = [], []
    for charge in frames(source, 20):
        regions, count = label(charge > 100.0, structure=np.ones((3, 3)))
        for i in range(1, count + 1):
            rows, columns = np.nonzero(regions == i)
            heights.append(np.ptp(rows) + 1)
            widths.append(np.ptp(columns) + 1)
    assert np.mean(heights) == pytest.approx(np.mean(widths), rel=0.1)
    assert np.percentile(np.hypot(heights, widths), 95) < LONGEST_TRACK_PX + 3
    assert np.mean(np.maximum(heights, widths) >= 3) > 0.3


def test_lost_packets_are_blocks_that_the_archive_finds():
    rng = np.random.default_rng(3)
    source = particles(lost_packet=0.4)
    lost = np.stack([source.lost(rng, SHAPE) for _ in range(50)])
    assert lost.mean() == pytest.approx(0.4, abs=0.12)
    image = np.where(lost[0], 0.0, 1.0).astype(np.float32)
    np.testing.assert_array_equal(missing_packets(image), lost[0])
    assert not particles().lost(rng, SHAPE).any()


@pytest.mark.parametrize(("band", "expected"), [("L", 50), ("M", 15)])
def test_hot_pixels_are_as_many_and_as_hot_as_in_the_public_darks(band, expected):
    ranges = DefectRanges(
        hot_pixels_l=Range.fixed(50.0),
        hot_pixels_m=Range.fixed(15.0),
        warm_fraction=Range.fixed(1e-3),
        warm_dn=Range(20.0, 400.0),
    )
    drawn = [draw_defects(ranges, np.random.default_rng(i), SHAPE, band) for i in range(60)]
    raw = np.stack([one.dark_dn for one in drawn]) + 1400.0
    hot = raw > 6000.0
    assert hot.sum() / 60 == pytest.approx(expected, rel=0.1)
    assert 0.45 < np.sum(raw > 14_000.0) / hot.sum() < 0.75
    assert raw.max() < 16_206.0
    good = np.stack([one.noise_factor for one in drawn]) == 1
    assert np.mean(~good) == pytest.approx(1e-3 + expected / 55296, rel=0.1)
    assert not np.stack([one.residual_dn for one in drawn])[good].any()


def test_a_visit_draws_within_its_ranges():
    for seed in range(20):
        drawn = draw_particles(DefectRanges(), np.random.default_rng(seed))
        assert 1.0 <= drawn.rate <= 300.0
        assert 0.5 <= drawn.slope <= 1.5
        assert drawn.lost_packet <= 0.02
