"""Radiometer, stage 6: maps, calibration and odd rows as rows of tables."""

from collections.abc import Sequence

import numpy as np

from hotspots.archive.radiometer.columns import CHANNEL_OF_RECEIVER
from hotspots.archive.radiometer.reasons import RowCount, RowFault, sum_of_counts
from hotspots.calibration.radiometer.calibrate import RadiometerCalibration
from hotspots.calibration.radiometer.relation import best_relations
from hotspots.catalogue.radiometer_records import (
    RadiometerRecord,
    ReceiverRecord,
    RowCountRecord,
)
from hotspots.gridding.radiometer.maps import RadiometerMaps
from hotspots.pipeline.radiometer_swath import CalibratedVisit
from hotspots.products.scan_traces import ScanTraces
from hotspots.radiometer import CHANNELS, RadiometerSwath, RowFlag
from hotspots.retrieval.microwave.lava_map import LavaMap

__all__ = ["cell_records", "receiver_records", "row_count_records", "scan_traces"]

_FAULT_OF_FLAG = {RowFlag.SATURATED: RowFault.SATURATED, RowFlag.OUTLIER: RowFault.OUTLIER}


def cell_records(maps: RadiometerMaps, lava: LavaMap) -> tuple[RadiometerRecord, ...]:
    """Rows of ``radiometer.csv``.

    Parameters
    ----------
    maps : RadiometerMaps
    lava : LavaMap
        Of the same cells.

    Returns
    -------
    tuple of RadiometerRecord
        Cells and channels that have a temperature, by cell and channel.
    """
    return tuple(
        RadiometerRecord(
            lat_deg=float(maps.latitude_deg[cell]),
            lon_east_deg=float(maps.longitude_east_deg[cell]) % 360.0,
            channel=CHANNELS[k].number,
            tb_k=float(maps.tb_k[cell, k]),
            tb_sigma_k=float(maps.tb_sigma_k[cell, k]),
            resolution_km=float(maps.resolution_km[cell, k]),
            lava_fraction=_number(lava.lava_fraction[cell]),
            lava_fraction_sigma=_number(lava.lava_fraction_sigma[cell]),
        )
        for cell, k in np.argwhere(np.isfinite(maps.tb_k))
    )


def row_count_records(
    counts: Sequence[RowCount], swath: RadiometerSwath | None = None
) -> tuple[RowCountRecord, ...]:
    """Rows of ``radiometer_rows.csv``: those of reading, and those of calibration.

    Parameters
    ----------
    counts : sequence of RowCount
        From reading, by product.
    swath : RadiometerSwath, optional
        Its flags tell of saturation and outliers, which belong to the visit.

    Returns
    -------
    tuple of RowCountRecord
    """
    found = [] if swath is None else [_judged(swath, *pair) for pair in _FAULT_OF_FLAG.items()]
    return tuple(
        RowCountRecord(
            product_id=count.product_id,
            reason=count.fault.value,
            rows=count.rows,
            treatment=count.treatment,
        )
        for count in sum_of_counts([*counts, *found])
    )


def _judged(swath: RadiometerSwath, flag: RowFlag, fault: RowFault) -> RowCount:
    rows = np.any(swath.flags & np.uint16(flag), axis=1).sum()
    return RowCount(product_id=swath.visit, fault=fault, rows=int(rows))


def receiver_records(calibration: RadiometerCalibration) -> tuple[ReceiverRecord, ...]:
    """Rows of ``radiometer_receivers.csv``.

    Parameters
    ----------
    calibration : RadiometerCalibration

    Returns
    -------
    tuple of ReceiverRecord
        In the archive's order of receivers.
    """
    best = best_relations(calibration.relations)
    records = []
    for r, gain in enumerate(calibration.gains):
        fit, channel = best.get(gain.receiver), CHANNEL_OF_RECEIVER[r]
        low = float(calibration.low_gain_weight[channel])
        stray = [_number(value) for value in gain.diode_stray]
        records.append(
            ReceiverRecord(
                receiver=gain.receiver,
                channel=CHANNELS[channel].number,
                relation=None if fit is None else fit.formula,
                relation_rms_k=None if fit is None else fit.rms_k,
                noise_k=_number(calibration.receiver_noise_k[r]),
                scale_sigma=_number(gain.scale_sigma),
                weight=low if gain.receiver.endswith("_1") else 1.0 - low,
                diode1_stray=stray[0],
                diode2_stray=stray[1],
                diode3_stray=stray[2],
            )
        )
    return tuple(records)


def scan_traces(visit: CalibratedVisit, maps: RadiometerMaps) -> ScanTraces:
    """Numbers of the picture of measured and modelled rows.

    Parameters
    ----------
    visit : CalibratedVisit
    maps : RadiometerMaps

    Returns
    -------
    ScanTraces
    """
    swath, beams = visit.swath, visit.beams
    closest = int(np.nanargmin(beams.range_km))
    return ScanTraces(
        title=f"Io in the beams of the radiometer, {swath.visit}",
        minutes=(swath.et - swath.et[closest]) / 60.0,
        antenna_k=swath.antenna_k,
        model_k=maps.model_k,
        background_k=maps.background_k,
        sigma_k=swath.sigma_k,
        io_angle_deg=beams.io_angle_deg,
        io_radius_deg=float(beams.io_radius_deg[closest]),
    )


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
