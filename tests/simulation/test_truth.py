import csv

import numpy as np
import pytest

from hotspots.evaluation.truth import Expectation, read_visit_truth
from hotspots.geometry.cameras import image_plane_shift
from hotspots.simulation.damage import Defect, damaged_products
from hotspots.simulation.truth import write_truth
from hotspots.simulation.visit import FrameKind

# Heading lines of the published truth tables.
SOURCES = (
    "visit,source_id,name,lat,lon_east,class,S_M,S_L,components,T_colour_K,A_colour_km2,"
    "patera_diameter_km,footprint_km,geo_lat,geo_lon_east,n_visible,n_visible_L,visible_frames,"
    "best_emission_deg,best_snr_emission_deg,incidence_deg,km_per_px,min_km_per_px,max_snr,"
    "stacked_snr,peak_dn,saturated,saturated_all,lake_px,resolvable,blended_with"
)
FRAMES = (
    "product,kind,defect,is_io,bands,t_exp_s,start_et,start_utc,range_km,km_per_px,dx,dy,dx_rot,"
    "dy_rot,io_line,io_sample,disc_fraction_M,eclipse,zero_packets,expected"
)
IFOV = 237.767e-6


@pytest.fixture(scope="module", params=["rdr_visit", "raw_visit"])
def told(request, tmp_path_factory):
    """A visit, its damaged products, and the folder of its truth."""
    visit = request.getfixturevalue(request.param)
    folder = tmp_path_factory.mktemp("truth")
    damaged = damaged_products(visit, 5)
    write_truth(visit, folder, damaged)
    return visit, damaged, folder


def table(folder, visit, kind):
    with (folder / f"{visit.name}_{kind}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_columns_are_those_of_published_tables(told):
    visit, _, folder = told
    for kind, heading in (("sources", SOURCES), ("frames", FRAMES)):
        text = (folder / f"{visit.name}_{kind}.csv").read_text(encoding="utf-8")
        assert text.splitlines()[0] == heading


def test_evaluation_reads_every_row(told):
    visit, damaged, folder = told
    truth = read_visit_truth(folder, visit.name)
    assert len(truth.sources) == len(visit.scene.sources)
    assert len(truth.frames) == len(visit.frames) + len(damaged)
    for source, mine in zip(truth.sources, visit.scene.sources, strict=True):
        assert source.centre_lat_deg == pytest.approx(mine.lat_deg, abs=1e-4)
        assert str(source.source_class) == mine.source_class


def test_frames_are_expected_to_be_what_they_are(told):
    visit, damaged, folder = told
    truth = {frame.product_id: frame for frame in read_visit_truth(folder, visit.name).frames}
    for frame, kind in zip(visit.frames, visit.kinds, strict=True):
        row = truth[frame.product.product_id]
        if kind is FrameKind.IO:
            assert row.expected in {Expectation.USED, Expectation.ANY}
            assert row.expected is Expectation.ANY or not frame.missing.any()
        else:
            assert row.expected is Expectation.REJECTED
            assert not row.shows_io
    for one in damaged:
        row = truth[one.product.product_id]
        unplaced = one.defect is Defect.NO_ATTITUDE
        assert row.expected is (Expectation.REJECTED if unplaced else Expectation.BAD)
        assert row.kind == ("no_ck" if unplaced else "io")


def test_shift_is_that_of_the_m_half(told):
    visit, _, folder = told
    wanted = image_plane_shift(visit.m_states, visit.offset_px, IFOV)
    rows = {row["product"]: row for row in table(folder, visit, "frames")}
    for i, frame in enumerate(visit.frames):
        row = rows[frame.product.product_id]
        assert (float(row["dx"]), float(row["dy"])) == pytest.approx(tuple(wanted[i]), abs=6e-4)
        turned = (float(row["dx_rot"]), float(row["dy_rot"]))
        assert turned == pytest.approx(tuple(visit.offset_px[i]), abs=6e-4)
        assert float(row["start_et"]) == pytest.approx(frame.et, abs=1e-6)


def test_part_of_the_disc_is_that_of_its_circle(told):
    visit, _, folder = told
    for row in table(folder, visit, "frames"):
        inside = 0 < float(row["io_line"]) < 127 and row["io_line"] != "63.50"
        if row["kind"] == "io" and inside and "M" in row["bands"] and not row["defect"]:
            radius = np.arcsin(1821.5 / float(row["range_km"])) / IFOV
            lines, samples = np.mgrid[:128, :432]
            distance = np.hypot(lines - float(row["io_line"]), samples - float(row["io_sample"]))
            assert float(row["disc_fraction_M"]) == pytest.approx(
                np.mean(distance < radius), abs=0.01
            )


def test_visible_frames_hold_the_m_band(told):
    visit, _, folder = told
    products = {frame.product.product_id: frame.product for frame in visit.frames}
    seen = 0
    for row in table(folder, visit, "sources"):
        names = row["visible_frames"].split(";") if row["visible_frames"] else []
        assert len(names) == int(row["n_visible"])
        assert all("M" in products[name].bands for name in names)
        seen += bool(names)
        if names:
            assert (
                float(row["max_snr"])
                <= float(row["stacked_snr"])
                <= (float(row["max_snr"]) * len(names) ** 0.5 * 1.001 + 1e-2)
            )
        else:
            assert float(row["stacked_snr"]) == 0
    assert seen > 10
