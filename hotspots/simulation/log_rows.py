"""LOG tables of simulated frames: the 72 bytes of `hotspots.archive.log_table`, written."""

import struct

from hotspots.archive.log_table import (
    LOG_ROW_BYTES,
    MOTOR_STEP_DEG,
    MOTOR_ZERO_DEG,
    TEXPO_STEP_S,
    LogRow,
    parse_log_row,
)

__all__ = ["encode_log_row", "make_log_row"]

DETECTOR_TEMPERATURE_DN = 8210
"""Of a real table of 2020."""

BACKGROUND_REPETITION = 10


def make_log_row(
    *, clock: tuple[int, int], exposure_s: float, background_subtracted: bool, despun: bool
) -> LogRow:
    """Housekeeping of a frame, as it is read back.

    Parameters
    ----------
    clock : (seconds, sub-counts)
        Spacecraft clock at the start of exposure.
    exposure_s : float
        A multiple of 0.2 ms.
    background_subtracted : bool
        Whether a background frame was subtracted on board.
    despun : bool
        Whether the mirror compensated the spin.

    Returns
    -------
    LogRow
    """
    row = LogRow(
        texpo_s=exposure_s,
        tdelay_s=0.0,
        seconds=clock[0],
        subseconds=clock[1],
        acquisition_type=0,
        compression_status=0,
        frame_error=False,
        jpeg_minimum=0,
        jpeg_maximum=0,
        background_subtracted=background_subtracted,
        background_repetition=BACKGROUND_REPETITION,
        detector_temperature_dn=DETECTOR_TEMPERATURE_DN,
        high_gain=False,
        motor_despinning=despun,
        motor_on=True,
        motor_start_position=round(-MOTOR_ZERO_DEG / MOTOR_STEP_DEG),
        nadir_offset=0,
    )
    return parse_log_row(encode_log_row(row), start_seconds=clock[0])


def encode_log_row(row: LogRow) -> bytes:
    """Bytes of a LOG row; the inverse of `hotspots.archive.log_table.parse_log_row`.

    Parameters
    ----------
    row : LogRow

    Returns
    -------
    bytes, length 72
        Low word of the clock's seconds first; columns that bear on no image are zero.
    """
    content = bytearray(LOG_ROW_BYTES)
    words = {
        22: row.frame_error << 10 | row.acquisition_type << 7 | row.compression_status << 4,
        26: row.jpeg_minimum,
        28: row.jpeg_maximum,
        30: round(row.texpo_s / TEXPO_STEP_S),
        32: round(row.tdelay_s / TEXPO_STEP_S),
        34: row.seconds & 0xFFFF,
        36: row.seconds >> 16,
        38: row.subseconds,
        40: abs(row.nadir_offset),
        42: row.background_repetition << 8 | (not row.background_subtracted) << 6,
        48: row.detector_temperature_dn,
        50: row.high_gain << 12
        | row.motor_despinning << 10
        | row.motor_on << 8
        | (row.nadir_offset < 0),
        68: row.motor_start_position,
    }
    for offset, word in words.items():
        struct.pack_into("<H", content, offset, word)
    return bytes(content)
