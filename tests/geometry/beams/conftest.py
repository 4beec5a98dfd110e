"""A passage of Juno in kernels and in geolocation columns."""

from dataclasses import dataclass

import numpy as np
import pytest
import spiceypy

from hotspots.archive.kernels import KernelPool
from hotspots.radiometer import RadiometerSwath
from hotspots.simulation.radiometer.geolocation import geolocation_columns
from hotspots.simulation.radiometer.geometry import row_geometry
from hotspots.simulation.radiometer.passage import (
    PassageRanges,
    draw_passage,
    radiometer_metakernel,
    radiometer_text_kernels,
)
from hotspots.simulation.ranges import Range


@dataclass(frozen=True)
class Flown:
    """A swath whose columns and whose metakernel tell of the same passage."""

    swath: RadiometerSwath
    metakernel: object


def swath_of(columns, et):
    numbers = range(1, 7)
    names = ("J2000_lon_B{}", "J2000_lat_B{}", "J2000_rot_A{}")
    intercept = ("PC_lon_JsB{}", "PC_lat_JsB{}")

    def stacked(patterns):
        return np.stack([[columns[p.format(k)] for p in patterns] for k in numbers]).transpose(
            2, 0, 1
        )

    n = len(et)
    return RadiometerSwath(
        "PJ57",
        et,
        np.full((n, 6), 50.0),
        np.full((n, 6), 0.5),
        np.zeros((n, 6), np.uint16),
        np.zeros(n, np.int32),
        stacked(names),
        np.stack([columns[f"S3RH_{axis}_JcJn"] for axis in "xyz"], axis=1),
        np.degrees(np.stack([columns[f"angle_JnJc_B{k}"] for k in numbers], axis=1)),
        stacked(intercept),
    )


@pytest.fixture(scope="module")
def flown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kernels")
    ranges = PassageRanges(
        altitude_km=Range.fixed(2000.0), minutes=Range.fixed(0.6), row_spacing_s=0.36
    )
    with KernelPool(radiometer_text_kernels(folder)):
        day = spiceypy.str2et("2023-12-30")
        passage = draw_passage(ranges, "PJ57", day, np.random.default_rng(2))
        rows = row_geometry(passage)
    metakernel = radiometer_metakernel(folder, [], [passage])
    return Flown(swath_of(geolocation_columns(rows), rows.et), metakernel)
