"""Makers of tiny truths and outputs: plain values unless a test says otherwise."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hotspots.catalogue.records import (
    FrameRecord,
    FrameStatus,
    SourceClass,
    SourceRecord,
    column_names,
)
from hotspots.evaluation.matching import match_visit
from hotspots.evaluation.outputs import Detection, MeasuredPower, VisitOutput
from hotspots.evaluation.truth import Expectation, TruthFrame, TruthSource, VisitTruth
from hotspots.planck import exitance_gw_km2

SAMPLE_TRUTH = Path(__file__).parents[3] / "shared" / "sample" / "truth"

_SOURCE_COLUMNS = (
    "visit,source_id,name,lat,lon_east,class,S_M,S_L,components,T_colour_K,A_colour_km2,"
    "patera_diameter_km,footprint_km,geo_lat,geo_lon_east,n_visible,n_visible_L,visible_frames,"
    "best_emission_deg,best_snr_emission_deg,incidence_deg,km_per_px,min_km_per_px,max_snr,"
    "stacked_snr,peak_dn,saturated,saturated_all,lake_px,resolvable,blended_with"
)
_FRAME_COLUMNS = (
    "product,kind,defect,is_io,bands,t_exp_s,start_et,start_utc,range_km,km_per_px,dx,dy,dx_rot,"
    "dy_rot,io_line,io_sample,disc_fraction_M,eclipse,zero_packets,expected"
)
SOURCE_HEADING = _SOURCE_COLUMNS.split(",")
FRAME_HEADING = _FRAME_COLUMNS.split(",")


def make_source(**changes) -> TruthSource:
    """An asked-for point source at the origin, 10 km per pixel, SNR 20; `centre` follows."""
    plain = TruthSource(
        source_id="S1",
        lat_deg=0.0,
        lon_east_deg=0.0,
        centre_lat_deg=0.0,
        centre_lon_east_deg=0.0,
        source_class=SourceClass.HOTSPOT,
        m_power_gw_um=2.0,
        l_power_gw_um=1.0,
        footprint_km=0.5,
        m_frames=("F1",),
        n_l_frames=0,
        emission_deg=30.0,
        km_per_px=10.0,
        stacked_snr=20.0,
        saturated=False,
        resolvable=False,
        blended=False,
    )
    place = {
        "centre_lat_deg": changes.get("lat_deg", 0.0),
        "centre_lon_east_deg": changes.get("lon_east_deg", 0.0),
    }
    return replace(plain, **{**place, **changes})


def make_detection(**changes) -> Detection:
    """A detection at the origin with M power 2 (1..3) and no L power."""
    plain = Detection(
        source_id="D1",
        lat_deg=0.0,
        lon_east_deg=0.0,
        source_class=SourceClass.HOTSPOT,
        emission_deg=30.0,
        saturated=False,
        m_power=MeasuredPower(2.0, 1.0, 3.0),
        l_power=MeasuredPower(None, None, None),
    )
    return replace(plain, **changes)


def make_frame(product_id="F1", **changes) -> TruthFrame:
    """A good Io frame whose scene is shifted by (1, -2) px."""
    plain = TruthFrame(
        product_id=product_id,
        kind="io",
        defect="",
        shows_io=True,
        dx_px=1.0,
        dy_px=-2.0,
        expected=Expectation.USED,
    )
    return replace(plain, **changes)


def make_record(product_id="F1", **changes) -> FrameRecord:
    """A used frame with the right pointing."""
    plain = FrameRecord(
        product_id=product_id, status=FrameStatus.USED, dx_px=1.0, dy_px=-2.0, sigma_px=0.1
    )
    return replace(plain, **changes)


def make_visit(sources=(), detections=(), frames=None, records=None, name="PJ01"):
    """A matched visit, with one good frame that was used unless said otherwise."""
    frames = (make_frame(),) if frames is None else tuple(frames)
    records = (make_record(),) if records is None else tuple(records)
    return match_visit(
        VisitTruth(name, tuple(sources), frames),
        VisitOutput(name, exists=True, detections=tuple(detections), frames=records),
    )


def perfect_detection(source: TruthSource) -> Detection:
    """What a perfect program reports of a source."""
    m, low = source.m_power_gw_um, source.l_power_gw_um
    return make_detection(
        source_id=f"D-{source.source_id}",
        lat_deg=source.lat_deg,
        lon_east_deg=source.lon_east_deg,
        source_class=source.source_class,
        emission_deg=max(source.emission_deg, 0.0),
        saturated=source.saturated,
        m_power=MeasuredPower(m, m, m),
        l_power=MeasuredPower(low, low, low) if source.n_l_frames else MeasuredPower(*[None] * 3),
    )


def perfect_record(frame: TruthFrame) -> FrameRecord:
    """What a perfect program reports of a product."""
    if frame.expected is Expectation.USED:
        return make_record(frame.product_id, dx_px=frame.dx_px, dy_px=frame.dy_px)
    status = FrameStatus.FAILED if frame.expected is Expectation.BAD else FrameStatus.REJECTED
    return FrameRecord(product_id=frame.product_id, status=status, reason="of no use")


def write_truth(folder: Path, truth: VisitTruth) -> None:
    """Truth tables with every column of the sample, also those that are not read."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = [
        {
            **dict.fromkeys(SOURCE_HEADING, "0"),
            "visit": truth.visit,
            "source_id": s.source_id,
            "lat": s.lat_deg,
            "lon_east": s.lon_east_deg,
            "geo_lat": s.centre_lat_deg,
            "geo_lon_east": s.centre_lon_east_deg,
            "class": s.source_class,
            "S_M": s.m_power_gw_um,
            "S_L": s.l_power_gw_um,
            "components": _components(s.total_power_gw),
            "T_colour_K": s.colour_temperature_k,
            "footprint_km": s.footprint_km,
            "n_visible": len(s.m_frames),
            "n_visible_L": s.n_l_frames,
            "visible_frames": ";".join(s.m_frames),
            "best_emission_deg": s.emission_deg,
            "best_snr_emission_deg": s.emission_deg,
            "km_per_px": s.km_per_px,
            "stacked_snr": s.stacked_snr,
            "saturated": int(s.saturated),
            "resolvable": int(s.resolvable),
            "blended_with": "S999" if s.blended else "",
        }
        for s in truth.sources
    ]
    frames = [
        {
            **dict.fromkeys(FRAME_HEADING, ""),
            "product": f.product_id,
            "kind": f.kind,
            "defect": f.defect,
            "is_io": int(f.shows_io),
            "dx": f.dx_px,
            "dy": f.dy_px,
            "km_per_px": f.km_per_px,
            "expected": f.expected,
        }
        for f in truth.frames
    ]
    write_rows(folder / f"{truth.visit}_sources.csv", SOURCE_HEADING, sources)
    write_rows(folder / f"{truth.visit}_frames.csv", FRAME_HEADING, frames)


def _components(total_gw: float | None) -> str:
    """One component at 500 K of the given total power."""
    if total_gw is None:
        return ""
    return f"500K:{total_gw / float(exitance_gw_km2(np.array(500.0))):.12g}km2"


def write_output(folder: Path, output: VisitOutput) -> None:
    """Output tables with the columns of the contract."""
    visit = folder / output.visit
    visit.mkdir(parents=True, exist_ok=True)
    sources = [
        {
            "visit": output.visit,
            "source_id": d.source_id,
            "lat_deg": d.lat_deg,
            "lon_east_deg": d.lon_east_deg,
            "class": d.source_class,
            "saturated": int(d.saturated),
            "emission_deg": d.emission_deg,
            "m_power_gw_um": d.m_power.value,
            "m_power_lo_gw_um": d.m_power.low,
            "m_power_hi_gw_um": d.m_power.high,
            "l_power_gw_um": d.l_power.value,
            "l_power_lo_gw_um": d.l_power.low,
            "l_power_hi_gw_um": d.l_power.high,
            "m_power_lo95_gw_um": d.m_power.low_95,
            "m_power_hi95_gw_um": d.m_power.high_95,
            "temperature_k": d.temperature_k.value,
            "temperature_lo_k": d.temperature_k.low,
            "temperature_hi_k": d.temperature_k.high,
            "total_power_gw": d.total_power_gw.value,
            "total_power_lo_gw": d.total_power_gw.low,
            "total_power_hi_gw": d.total_power_gw.high,
            **_place_cells(d),
            "snr": d.snr,
            "km_per_px": d.km_per_px,
            "p_hotspot": d.p_source,
            "p_lava_lake": None if d.p_source is None else 0.0,
        }
        for d in output.detections
    ]
    write_rows(visit / "hotspots.csv", column_names(SourceRecord), sources)
    frames = [{name: getattr(f, name) for name in column_names(FrameRecord)} for f in output.frames]
    write_rows(visit / "frames.csv", column_names(FrameRecord), frames)


def _place_cells(detection: Detection) -> dict[str, float | None]:
    error = detection.place_error
    if error is None:
        return {}
    return {
        "sigma_km": error.sigma_km,
        "sigma_major_km": error.major_km,
        "sigma_minor_km": error.minor_km,
        "sigma_azimuth_deg": error.azimuth_deg,
    }


def write_rows(path: Path, heading, rows) -> None:
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, heading, restval="")
        writer.writeheader()
        writer.writerows(rows)


class Makers:
    """The makers above under short names."""

    source = staticmethod(make_source)
    detection = staticmethod(make_detection)
    frame = staticmethod(make_frame)
    record = staticmethod(make_record)
    visit = staticmethod(make_visit)
    perfect_detection = staticmethod(perfect_detection)
    perfect_record = staticmethod(perfect_record)
    write_truth = staticmethod(write_truth)
    write_output = staticmethod(write_output)


@pytest.fixture(scope="session")
def make() -> type[Makers]:
    return Makers


@pytest.fixture(scope="session")
def sample_truth() -> Path:
    if not SAMPLE_TRUTH.is_dir():
        pytest.skip("the simulated sample set is not beside this clone")
    return SAMPLE_TRUTH
