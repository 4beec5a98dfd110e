"""Radiometer, stage 2: rows to a swath with beams, turns and the zero of each turn."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.archive.radiometer.rows import RadiometerRows
from hotspots.calibration.radiometer.calibrate import RadiometerCalibration, calibrate_rows
from hotspots.calibration.radiometer.noise import row_noise
from hotspots.calibration.radiometer.turns import (
    number_of_turn,
    phase_of_steps,
    turns_completed,
)
from hotspots.calibration.radiometer.zero import even_sky_k, looks_at_sky, zero_of_turns
from hotspots.config.radiometer import RadiometerSettings
from hotspots.errors import KernelError
from hotspots.geometry.beams.agreement import BeamAgreement, beam_agreement
from hotspots.geometry.beams.beams import JUPITER_RADII_KM, Beams
from hotspots.geometry.beams.from_columns import beams_from_columns, completed
from hotspots.geometry.beams.from_kernels import beams_from_kernels
from hotspots.radiometer import CHANNELS, RadiometerSwath, RowFlag

__all__ = ["CalibratedVisit", "calibrate_radiometer"]

EVEN_SKY_GHZ = 2.0
"""Above this the Milky Way and the radiation belts leave the sky even to a few tenths of a
kelvin (LAMBDA's Juno sky maps)."""


@dataclass(frozen=True, kw_only=True)
class CalibratedVisit:
    """The radiometer's rows of one visit, ready for the inverse.

    Parameters
    ----------
    swath : RadiometerSwath
        With turns, flags and the zero of each turn.
    beams : Beams
        From the kernels where they cover, else from the columns.
    calibration : RadiometerCalibration
    sky_noise_k : array (6,) float64
        Noise of a row on blank sky, K; NaN where too little of it was seen.
    agreement : BeamAgreement or None
        Kernels against columns; None if the kernels have no attitude.
    """

    swath: RadiometerSwath
    beams: Beams
    calibration: RadiometerCalibration
    sky_noise_k: NDArray[np.float64]
    agreement: BeamAgreement | None


def calibrate_radiometer(
    visit: str, rows: RadiometerRows, settings: RadiometerSettings
) -> CalibratedVisit:
    """Calibrate the rows of a visit and find where they looked.

    Parameters
    ----------
    visit : str
    rows : RadiometerRows
    settings : RadiometerSettings

    Returns
    -------
    CalibratedVisit

    Raises
    ------
    CalibrationError
        If nothing can be calibrated.
    KernelError
        If the kernels lack the places of Io, Jupiter or Juno.
    """
    swath, calibration = calibrate_rows(
        visit,
        rows,
        spacing_s=settings.smoothing_s,
        outlier_sigma=settings.outlier_sigma,
    )
    beams, agreement = _beams(swath)
    sky = looks_at_sky(beams)
    turn = _turns(swath, beams, sky)
    antenna = swath.antenna_k - zero_of_turns(swath.antenna_k, sky, turn, even_sky_k())
    zeroed = swath.replace(
        antenna_k=antenna, spin=turn, flags=swath.flags | _jupiter_in_beam(beams)
    )
    return CalibratedVisit(
        swath=zeroed,
        beams=beams,
        calibration=calibration,
        sky_noise_k=row_noise(np.where(sky, antenna, np.nan)),
        agreement=agreement,
    )


def _beams(swath: RadiometerSwath) -> tuple[Beams, BeamAgreement | None]:
    columns = beams_from_columns(swath)
    try:
        kernels = beams_from_kernels(swath.et)
    except KernelError:
        return columns, None
    return completed(kernels, columns), beam_agreement(kernels, columns)


def _turns(swath: RadiometerSwath, beams: Beams, sky: NDArray[np.bool_]) -> NDArray[np.int32]:
    even = [k for k, c in enumerate(CHANNELS) if c.frequency_ghz > EVEN_SKY_GHZ]
    completed = turns_completed(beams)
    phase = phase_of_steps(
        completed, swath.antenna_k[:, even], swath.sigma_k[:, even], sky[:, even], beams
    )
    return number_of_turn(completed, phase)


def _jupiter_in_beam(beams: Beams) -> NDArray[np.uint16]:
    """Flags (n, 6) uint16 of rows with Jupiter within three half widths of the boresight."""
    width = np.array([channel.beamwidth_deg for channel in CHANNELS])
    distance = np.linalg.norm(beams.jupiter_km, axis=-1)
    with np.errstate(invalid="ignore"):
        radius = np.degrees(np.arcsin(np.minimum(1.0, JUPITER_RADII_KM[0] / distance)))
        inside = beams.jupiter_angle_deg < 1.5 * width + radius[:, None]
    return np.where(inside, np.uint16(RowFlag.JUPITER_IN_BEAM), np.uint16(0))
