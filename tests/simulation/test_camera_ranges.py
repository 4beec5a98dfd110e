"""Ranges of the camera: what is published lies inside, what cannot be is refused."""

from dataclasses import fields, is_dataclass

import pytest

from hotspots.errors import ConfigurationError
from hotspots.simulation.camera_ranges import (
    BiasRanges,
    CameraRanges,
    ColumnRanges,
    DefectRanges,
    DetectorRanges,
    OpticsRanges,
)
from hotspots.simulation.ranges import Range

PUBLISHED = (
    (DetectorRanges().read_noise_dn, 17.5),
    (DetectorRanges().electrons_per_dn, 137.0),
    (DetectorRanges().saturation_dn, 14_600.0),
    (DetectorRanges().linear_dn, 12_000.0),
    (ColumnRanges().odd_even_power, 0.08),
    (DefectRanges().hot_pixels_l, 50.0),
    (DefectRanges().hot_pixels_m, 15.0),
    (BiasRanges().pattern_dn, 70.0),
    (BiasRanges().plateau_dn, 16_206.0),
)


@pytest.mark.parametrize(("drawn_from", "value"), PUBLISHED)
def test_published_numbers_are_inside(drawn_from, value):
    assert drawn_from.low < value < drawn_from.high


def test_a_configuration_of_plain_numbers_can_hold_them_all():
    def leaves(settings):
        for f in fields(settings):
            value = getattr(settings, f.name)
            if is_dataclass(value):
                yield from leaves(value)
            else:
                yield value

    values = list(leaves(CameraRanges()))
    assert len(values) > 100
    assert {type(value) for value in values} == {float, bool}


@pytest.mark.parametrize(
    ("kind", "field", "value", "message"),
    [
        (OpticsRanges, "core_sigma_px", Range(-0.1, 1.0), "not below zero"),
        (OpticsRanges, "wing_fraction", Range(0.0, 1.5), "part of one"),
        (DetectorRanges, "linear_dn", Range(14_000.0, 15_000.0), "must end below"),
        (DetectorRanges, "background_shared", 1.5, "from 0 to 1"),
        (DefectRanges, "lost_packet", Range(0.0, 2.0), "part of one"),
    ],
)
def test_impossible_ranges_are_refused(kind, field, value, message):
    with pytest.raises(ConfigurationError, match=message):
        kind(**{field: value})
