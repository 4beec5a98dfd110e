"""Antenna temperature from counts, and which relation the archive used.

The calibration document is not public.  The columns suggest a Dicke radiometer whose gain
is a noise diode's deflection over its brightness:

    T_A = T_load + (C_antenna - C_load) T_diode / C_diode,

with one of three diodes, seen with the switch at the antenna or at the load.  Each of the
six is tried on the archive's own column.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.radiometer.columns import DIODE_POSITIONS, DIODES, RECEIVERS
from hotspots.archive.radiometer.rows import RadiometerRows

__all__ = ["RelationFit", "antenna_temperature", "archived_relations", "best_relations"]

Float64 = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class RelationFit:
    """How well one relation reproduces the archived antenna temperature of a receiver.

    Parameters
    ----------
    receiver : str
        Such as ``R1_2``.
    diode : int
        1 to 3.
    position : str
        Of the switch: ``A`` antenna, ``R`` load.
    rms_k, bias_k : float
        Of recomputed minus archived, K.
    rows : int
        That have both.
    """

    receiver: str
    diode: int
    position: str
    rms_k: float
    bias_k: float
    rows: int

    @property
    def formula(self) -> str:
        """The relation in the names of the archive's columns."""
        diode = f"ND{self.diode}{self.position}"
        return f"TA = TOFF + (AntCnt - RefCnt) * T{diode} / {diode}Cnt"


def antenna_temperature(
    antenna_count: Float64, load_count: Float64, load_k: Float64, gain: Float64
) -> Float64:
    """Temperature of the antenna from counts.

    Parameters
    ----------
    antenna_count, load_count : arrays (...) float64
        Counts with the switch at the antenna and at the load.
    load_k : array (...) float64
        Brightness of the load, K.
    gain : array (...) float64
        Counts per K.

    Returns
    -------
    array (...) float64
        K.
    """
    return load_k + (antenna_count - load_count) / gain


def archived_relations(rows: RadiometerRows) -> tuple[RelationFit, ...]:
    """Try every diode and position on every receiver.

    Parameters
    ----------
    rows : RadiometerRows

    Returns
    -------
    tuple of RelationFit
        By receiver, diode and position; those without common rows are left out.
    """
    fits = []
    for r, receiver in enumerate(RECEIVERS):
        for j, diode in enumerate(DIODES):
            for p, position in enumerate(DIODE_POSITIONS):
                with np.errstate(divide="ignore", invalid="ignore"):
                    off = (
                        antenna_temperature(
                            rows.antenna_count[:, r],
                            rows.load_count[:, r],
                            rows.load_k[:, r],
                            rows.diode_count[:, r, j, p] / rows.diode_k[:, r, j, p],
                        )
                        - rows.archived_k[:, r]
                    )
                off = off[np.isfinite(off)]
                if len(off):
                    fit = RelationFit(
                        receiver=receiver,
                        diode=diode,
                        position=position,
                        rms_k=float(np.sqrt(np.mean(off**2))),
                        bias_k=float(np.mean(off)),
                        rows=len(off),
                    )
                    fits.append(fit)
    return tuple(fits)


def best_relations(fits: tuple[RelationFit, ...]) -> dict[str, RelationFit]:
    """The relation of smallest rms of each receiver.

    Parameters
    ----------
    fits : tuple of RelationFit

    Returns
    -------
    dict of str to RelationFit
        By receiver.
    """
    best: dict[str, RelationFit] = {}
    for fit in fits:
        rival = best.get(fit.receiver)
        if rival is None or fit.rms_k < rival.rms_k:
            best[fit.receiver] = fit
    return best
