"""Truth of a flyby as files: maps, rows, fields of lava, bad rows, and what was drawn."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hotspots.products.atomic import atomic_file
from hotspots.radiometer import CHANNELS
from hotspots.simulation.radiometer.receiver import RECEIVERS
from hotspots.simulation.radiometer.truth_maps import truth_maps
from hotspots.simulation.radiometer.visit import SimulatedFlyby

__all__ = ["write_radiometer_truth"]


def write_radiometer_truth(flyby: SimulatedFlyby, folder: Path) -> None:
    """Write ``maps.npz``, ``rows.npz``, ``warm_regions.csv``, ``bad_rows.csv``, ``truth.json``.

    Parameters
    ----------
    flyby : SimulatedFlyby
    folder : Path
        Of this flyby; made where it does not exist.

    Raises
    ------
    ProductError
        If a file cannot be written.
    """
    maps = truth_maps(flyby.ground, flyby.lava, flyby.rows, flyby.patterns)
    _write_arrays(folder / "maps.npz", {name: _small(values) for name, values in maps.items()})
    _write_arrays(folder / "rows.npz", _rows(flyby))
    _write_table(
        folder / "warm_regions.csv",
        ("lat_deg", "lon_east_deg", "lava_area_km2", "age_yr", "radius_km", "fill"),
        (
            (
                f"{one.latitude_deg:.2f}",
                f"{one.longitude_east_deg:.2f}",
                f"{one.area_km2:.0f}",
                f"{one.age_yr:.2f}",
                f"{one.radius_km:.1f}",
                f"{one.filled_fraction:.3f}",
            )
            for one in flyby.lava.fields
        ),
    )
    bad = ((flyby.utc[one.row], one.fault.value) for one in flyby.bad)
    _write_table(folder / "bad_rows.csv", ("t_utc_doy", "kind"), bad)
    with atomic_file(folder / "truth.json") as partial:
        text = json.dumps(_drawn(flyby, maps), indent=1) + "\n"
        partial.write_text(text, encoding="utf-8")


def _rows(flyby: SimulatedFlyby) -> dict[str, NDArray[Any]]:
    rows, antenna = flyby.rows, flyby.antenna
    juno = np.einsum("nij,nj->ni", rows.to_io, rows.juno)
    boresight = np.einsum("nij,naj->nai", rows.to_io, rows.antennas[:, :, 2])
    towards = -juno / np.linalg.norm(juno, axis=1, keepdims=True)
    angle = np.degrees(np.arccos(np.clip(np.einsum("nai,ni->na", boresight, towards), -1, 1)))
    return {
        "t_ephem_time": rows.et,
        "ta": _small(antenna.total),
        "ta_io": _small(antenna.io),
        "ta_jupiter": _small(antenna.jupiter),
        "ta_sync": _small(antenna.belts),
        "ta_sky": _small(antenna.sky),
        "fill": _small(antenna.fill),
        "juno_iau_io_km": juno,
        "boresight_iau_io": _small(boresight),
        "angle_io_deg": _small(angle),
        "archived": _small(flyby.receivers.archived_k),
        "saturated": flyby.receivers.saturated,
        "spin": rows.turn,
    }


def _drawn(flyby: SimulatedFlyby, maps: dict[str, NDArray[Any]]) -> dict[str, Any]:
    """Numbers that a reader of truth wants at hand."""
    receivers = flyby.receivers
    return {
        "visit": flyby.name,
        "seed": flyby.seed,
        "rows": len(flyby.rows),
        "min_range_km": float(np.linalg.norm(flyby.rows.juno, axis=1).min()),
        "freq_ghz": [channel.frequency_ghz for channel in CHANNELS],
        "fwhm_deg": [2 * pattern.half_width_deg for pattern in flyby.patterns],
        "patterns": [asdict(pattern) for pattern in flyby.patterns],
        "penetration_m": flyby.ground.depth_m.mean(axis=0).tolist(),
        "geotherm_k_m": flyby.ground.geotherm_k_m,
        "skin_depth_m": flyby.ground.skin_depth_m,
        "permittivity_mean": float(flyby.ground.permittivity.mean()),
        "nedt_k": dict(zip(RECEIVERS, receivers.noise_k.tolist(), strict=True)),
        "gain_error": dict(zip(RECEIVERS, receivers.gain_error.tolist(), strict=True)),
        "archive_diode": f"ND{receivers.diode}A",
        "lava_fraction_mean": float(maps["lava_fraction"].mean()),
        "tb_disc_mean": maps["tb"].mean(axis=0).tolist(),
        "bad_rows": len(flyby.bad),
    }


def _small(values: NDArray[Any]) -> NDArray[Any]:
    return values.astype(np.float32) if values.dtype == np.float64 else values


def _write_arrays(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    with atomic_file(path) as partial, partial.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def _write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with atomic_file(path) as partial, partial.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
