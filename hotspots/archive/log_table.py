"""`LogRow`: the housekeeping row that the instrument sent along with one frame.

A LOG table is a single row of 72 bytes, 38 columns, little-endian; some columns are
words of bit fields.  Offsets are those of the label
``JIR_LOG_SPE_RDR_2020048T195001_V01.LBL`` (START_BYTE minus one).  START_BIT ``n`` of a
word counts from its most significant bit, so a field of ``b`` bits is
``word >> (16 - (n - 1) - b) & (2**b - 1)``.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

from hotspots.archive import quirks
from hotspots.errors import ArchiveError

__all__ = ["LOG_ROW_BYTES", "LogRow", "parse_log_row", "read_log_row"]

LOG_ROW_BYTES = 72

TEXPO_STEP_S = 0.2e-3
"""Seconds in one count of TEXPO and TDELAY (label: "Res=0.2msec")."""

MOTOR_ZERO_DEG = -12.85714286
"""Optical angle of the mirror at M_MOTOR_START_POS = 0 (label)."""

MOTOR_STEP_DEG = 0.00156948
"""Optical degrees in one count of M_MOTOR_START_POS (label)."""


@dataclass(frozen=True, kw_only=True)
class LogRow:
    """The columns of a LOG row that bear on an image.

    Parameters
    ----------
    texpo_s, tdelay_s : float
        Commanded exposure and delay, s, in steps of 0.2 ms.
    seconds, subseconds : int
        Spacecraft clock at the start of acquisition: seconds, and 1/65536 s.
    acquisition_type : int
        0 science, 1 and 2 double science, 3 background, 4 dark, 5 readout noise.
    compression_status : int
        0 raw, 1 compressed, 2 raw because of an error.
    frame_error : bool
        Whether the acquisition timed out.
    jpeg_minimum, jpeg_maximum : int
        Range that a lossy compression was scaled to, DN; 0 where there was none.
    background_subtracted : bool
        Whether a background frame was subtracted on board (EN_DIS_SUB).
    background_repetition : int
        Frames between two background frames.
    detector_temperature_dn : int
        DET_TEMP, counts; the conversion to K is not published.
    high_gain : bool
        STATUS_GAIN.
    motor_despinning : bool
        Whether the mirror compensated the spin (DE-SPIN) or was parked (POINT).
    motor_on : bool
        M_STATUS_ON_OFF.
    motor_start_position : int
        M_MOTOR_START_POS, counts.
    nadir_offset : int
        NADIR_OFFSET with its sign, counts; label and SIS disagree on the unit.
    """

    texpo_s: float
    tdelay_s: float
    seconds: int
    subseconds: int
    acquisition_type: int
    compression_status: int
    frame_error: bool
    jpeg_minimum: int
    jpeg_maximum: int
    background_subtracted: bool
    background_repetition: int
    detector_temperature_dn: int
    high_gain: bool
    motor_despinning: bool
    motor_on: bool
    motor_start_position: int
    nadir_offset: int

    @property
    def mirror_angle_deg(self) -> float:
        """Optical angle of the mirror at the start of the frame, degrees."""
        return MOTOR_ZERO_DEG + MOTOR_STEP_DEG * self.motor_start_position


def parse_log_row(row: bytes, *, start_seconds: int | None = None) -> LogRow:
    """Unpack one LOG row.

    Parameters
    ----------
    row : bytes, length 72
        The table file.
    start_seconds : int, optional
        Seconds of SPACECRAFT_CLOCK_START_COUNT; settles the order of the two words of
        SECONDS, see `hotspots.archive.quirks.log_seconds`.

    Returns
    -------
    LogRow

    Raises
    ------
    ArchiveError
        If ``row`` does not have 72 bytes.
    """
    if len(row) != LOG_ROW_BYTES:
        msg = f"a LOG row has {len(row)} bytes, wanted {LOG_ROW_BYTES}"
        raise ArchiveError(msg)

    def word(offset: int) -> int:
        return int(struct.unpack_from("<H", row, offset)[0])

    subframe, background, status = word(22), word(42), word(50)
    sign = -1 if quirks.nadir_offset_is_negative(status) else 1
    return LogRow(
        texpo_s=word(30) * TEXPO_STEP_S,
        tdelay_s=word(32) * TEXPO_STEP_S,
        seconds=quirks.log_seconds(word(34), word(36), start_seconds=start_seconds),
        subseconds=word(38),
        acquisition_type=subframe >> 7 & 7,
        compression_status=subframe >> 4 & 3,
        frame_error=bool(subframe >> 10 & 1),
        jpeg_minimum=word(26),
        jpeg_maximum=word(28),
        background_subtracted=background >> 6 & 3 == 0,
        background_repetition=background >> 8 & 255,
        detector_temperature_dn=word(48),
        high_gain=bool(status >> 12 & 1),
        motor_despinning=bool(status >> 10 & 1),
        motor_on=bool(status >> 8 & 1),
        motor_start_position=word(68),
        nadir_offset=sign * word(40),
    )


def read_log_row(path: Path, *, start_seconds: int | None = None) -> LogRow:
    """Read the one row of a LOG table file; parameters and errors as `parse_log_row`.

    Raises
    ------
    ArchiveError
        Naming the file, if it cannot be read or has not 72 bytes.
    """
    try:
        with path.open("rb") as file:
            return parse_log_row(file.read(LOG_ROW_BYTES + 1), start_seconds=start_seconds)
    except (OSError, ArchiveError) as error:
        msg = f"{path}: {error}"
        raise ArchiveError(msg) from error
