"""Tiny JIRAM products in the true format: labels, images, LOG tables, as on the disk.

`Frame` describes one exposure; `write_frame`, `write_log` and `write_pds4_label` put its
files into a folder.  Everything that a test wants to damage is a parameter.
"""

import hashlib
import struct
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

CLOCK_OFFSET_S = 300
"""Seconds that the clock of these files is ahead of seconds past 2000-01-01T12:00."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One exposure; times to 1/65536 s in the clock and to 1 ms in the label."""

    start: datetime = datetime(2023, 7, 31, 4, 40, 8, 606_000, UTC)
    exposure_s: float = 0.002
    level: str = "RDR"
    bands: tuple[str, ...] = ("M",)
    orbit: object = 53
    version: int = 1
    target: str = '"N/A"'
    name_lag_s: int = 3
    partition: int = 5
    background_note: str = " SUBTRACTION BACKGROUND ON BOARD ENABLED "
    old_style: bool = False

    @property
    def name_time(self) -> datetime:
        return self.start + timedelta(seconds=self.name_lag_s)

    @property
    def product_id(self) -> str:
        return f"JIR_IMG_{self.level}_{self.name_time:%Y%jT%H%M%S}_V{self.version:02d}"

    @property
    def stop(self) -> datetime:
        return self.start + timedelta(seconds=self.exposure_s)

    @property
    def start_clock(self) -> str:
        return clock_count(self.start, self.partition)

    @property
    def stop_clock(self) -> str:
        return clock_count(self.stop, self.partition)

    @property
    def mode(self) -> str:
        return {("L", "M"): "SCI_I1_S1", ("M",): "SCI_I2_S1", ("L",): "SCI_I3_S1"}[self.bands]

    @property
    def lines(self) -> int:
        return 128 * len(self.bands)

    def later(self, seconds: float) -> "Frame":
        return replace(self, start=self.start + timedelta(seconds=seconds))


def clock_count(time: datetime, partition: int = 5) -> str:
    """Clock count of a time, under a clock that runs evenly."""
    total = time - datetime(2000, 1, 1, 12, tzinfo=UTC)
    microseconds = total // timedelta(microseconds=1) + CLOCK_OFFSET_S * 1_000_000
    counts = round(microseconds * 65536 / 1_000_000)
    return f"{partition}/{counts // 65536}:{counts % 65536:05d}"


def _milliseconds(time: datetime) -> str:
    rounded = time + timedelta(microseconds=500)
    return f"{rounded:%Y-%m-%dT%H:%M:%S}.{rounded.microsecond // 1000:03d}"


def image_values(frame: Frame, seed: int = 1) -> np.ndarray:
    """Noise of the size that the instrument has, in the numbers of the level."""
    noise = np.random.default_rng(seed).normal(0.0, 17.5, (frame.lines, 432))
    if frame.level == "EDR":
        return np.round(1360.0 + noise).astype("<i2")
    return (noise / (2e6 * frame.exposure_s)).astype("<f4")


def label_text(frame: Frame, *, md5: str, image: str, **changes: str | None) -> str:
    """A PDS3 label; ``changes`` sets keywords (``None`` drops one)."""
    edr = frame.level == "EDR"
    unit = '"W/(m^2*sr*micron)"' if frame.old_style else '"W/(m^2*sr)"'
    software = {
        (True, True): "PDS_EDR_V4",
        (True, False): "PDS_EDR_V7",
        (False, True): "PDS_RDR_v9",
        (False, False): "PDS_RDR_v10",
    }[edr, frame.old_style]
    keywords = {
        "PDS_VERSION_ID": "PDS3",
        "DATA_SET_ID": '"JNO-J-JIRAM-2-EDR-V1.0"' if edr else '"JNO-J-JIRAM-3-RDR-V1.0"',
        "PRODUCT_ID": frame.product_id,
        "PRODUCT_TYPE": frame.level,
        "START_TIME": _milliseconds(frame.start),
        "STOP_TIME": _milliseconds(frame.stop),
        "SPACECRAFT_CLOCK_START_COUNT": f'"{frame.start_clock}"',
        "SPACECRAFT_CLOCK_STOP_COUNT": f'"{frame.stop_clock}"',
        "SEQUENCE_NUMBER": "2",
        "MD5_CHECKSUM": f'"{md5}"',
        "SOFTWARE_VERSION_ID": f'("EGSE_208", "{software}")',
        "ORBIT_NUMBER": str(frame.orbit),
        "TARGET_NAME": frame.target,
        "JNO:TARGET_PRESENCE_FLAG": '"000001000010000"',
        "CHANNEL_ID": '"1"       /* 0:SPECTRUM IR; 1:IMAGE */',
        "INSTRUMENT_MODE_ID": frame.mode,
        "INSTRUMENT_MODE_DESC": f'\n" {frame.mode}: Science, IMAGE full\nacquisition"',
        "EXPOSURE_DURATION": f"{frame.exposure_s:g} <second>" if edr else None,
        "LINES": str(frame.lines),
        "LINE_SAMPLES": "432",
        "SAMPLE_TYPE": "LSB_INTEGER" if edr else "IEEE_REAL",
        "SAMPLE_BITS": "16" if edr else "32",
        "^IMAGE": f'"{image}"',
        "UNIT": None if edr else unit,
    }
    keywords.update(changes)
    inside_file = ("UNIT", "^IMAGE")
    inside_image = ("LINES", "LINE_SAMPLES", "SAMPLE_TYPE", "SAMPLE_BITS")

    def lines(names) -> list[str]:
        return [f"{n:31s}= {keywords[n]}" for n in names if keywords[n] is not None]

    outside = [name for name in keywords if name not in inside_file + inside_image]
    text = [*lines(outside), "", "OBJECT = FILE", "RECORD_TYPE = FIXED_LENGTH"]
    text += ['DATA_QUALITY_ID = "1"', 'DATA_QUALITY_DESC = "0:INCOMPLETE; 1:COMPLETE"']
    text += [*lines(inside_file), "OBJECT = IMAGE", *lines(inside_image), "END_OBJECT = IMAGE"]
    if not edr:
        band = "TOT" if len(frame.bands) == 2 else frame.bands[0]
        text += ["OBJECT = HISTORY"]
        text += [f'CALIBRATION_SOURCE_ID = "JIR_IMG_{band}_RESPONSIVITY_V02.DAT"']
        text += [f'NOTE = "{frame.background_note}"', "END_OBJECT = HISTORY"]
    text += ["SPICE_FILE_NAME =", '{"juno_v12.tf",', '"naif0012.tls"}', "END_OBJECT = FILE", "END"]
    return "".join(f"{line:78s}\r\n" for part in text for line in part.split("\n"))


def write_frame(
    folder: Path,
    frame: Frame | None = None,
    *,
    values: np.ndarray | None = None,
    content: bytes | None = None,
    **changes: str | None,
) -> Path:
    """Write label and image; ``content`` replaces the image's bytes but not its MD5 sum."""
    frame = Frame() if frame is None else frame
    folder.mkdir(parents=True, exist_ok=True)
    true = (image_values(frame) if values is None else values).tobytes()
    image = folder / f"{frame.product_id}.IMG"
    image.write_bytes(true if content is None else content)
    label = folder / f"{frame.product_id}.LBL"
    md5 = hashlib.md5(true).hexdigest()
    text = label_text(frame, md5=md5, image=image.name, **changes)
    label.write_bytes(text.encode("latin-1"))
    return label


def log_row(
    frame: Frame,
    *,
    texpo_steps: int | None = None,
    background_off: bool = False,
    despin: bool = False,
    motor_position: int = 8192,
    nadir_offset: int = 0,
    high_word_first: bool = False,
    acquisition_type: int = 0,
) -> bytes:
    """The 72 bytes of a LOG table."""
    row = bytearray(72)

    def put(start_byte: int, word: int) -> None:
        struct.pack_into("<H", row, start_byte - 1, word)

    seconds, _, subseconds = frame.start_clock.partition("/")[2].partition(":")
    low, high = int(seconds) & 0xFFFF, int(seconds) >> 16
    first, second = (high, low) if high_word_first else (low, high)
    put(23, acquisition_type << 7)
    put(31, round(frame.exposure_s / 0.2e-3) if texpo_steps is None else texpo_steps)
    put(35, first)
    put(37, second)
    put(39, int(subseconds))
    put(41, abs(nadir_offset))
    put(43, 10 << 8 | int(background_off) << 6)
    put(49, 8210)
    put(51, 1 << 13 | int(despin) << 10 | 1 << 8 | int(nadir_offset < 0))
    put(69, motor_position)
    return bytes(row)


def write_log(
    folder: Path, frame: Frame, *, row: bytes | None = None, name_lag_s: int = 0, **changes: str
) -> Path:
    """Write a LOG table and its label, whose name may lag that of the image."""
    folder.mkdir(parents=True, exist_ok=True)
    time = frame.name_time + timedelta(seconds=name_lag_s)
    name = f"JIR_LOG_IMG_{frame.level}_{time:%Y%jT%H%M%S}_V{frame.version:02d}"
    keywords = {
        "PDS_VERSION_ID": "PDS3",
        "PRODUCT_ID": f'"{name}"',
        "SOURCE_PRODUCT_ID": f'"{frame.product_id}.IMG"',
        "START_TIME": _milliseconds(frame.start),
        "SPACECRAFT_CLOCK_START_COUNT": f'"{frame.start_clock}"',
        "^TABLE": f'"{name}.TAB"',
    }
    keywords.update(changes)
    text = [f"{keyword:31s}= {value}" for keyword, value in keywords.items()]
    text += ["OBJECT = TABLE", "ROWS = 1", "  OBJECT = COLUMN", "    NAME = TEXPO"]
    text += ["  END_OBJECT = COLUMN", "END_OBJECT = TABLE", "END"]
    (folder / f"{name}.LBL").write_bytes("".join(f"{line:78s}\r\n" for line in text).encode())
    (folder / f"{name}.TAB").write_bytes(log_row(frame) if row is None else row)
    return folder / f"{name}.LBL"


def write_pds4_label(folder: Path, frame: Frame, **changes: str) -> Path:
    """Write the ``.xml`` label of an image whose other files may or may not be there."""
    folder.mkdir(parents=True, exist_ok=True)
    filled = {band: "<juno:Derived_Geometry/>" if band in frame.bands else "" for band in "LM"}
    values = {
        "file_name": f"{frame.product_id}.IMG",
        "data_type": "SignedLSB2" if frame.level == "EDR" else "IEEE754MSBSingle",
        "lines": str(frame.lines),
        "offset": "0",
        "declaration": "",
        "l_band": filled["L"],
        "m_band": filled["M"],
    }
    values.update(changes)
    level = "data_raw" if frame.level == "EDR" else "data_calibrated"
    text = f"""<?xml version='1.0' encoding='UTF-8'?>
{values["declaration"]}
<Product_Observational xmlns="http://pds.nasa.gov/pds4/pds/v1"
    xmlns:juno="http://pds.nasa.gov/pds4/mission/juno/v1">
  <Identification_Area>
    <logical_identifier>urn:nasa:pds:juno_jiram:{level}:{frame.product_id.lower()}</logical_identifier>
  </Identification_Area>
  <Observation_Area>
    <Time_Coordinates>
      <start_date_time>{_milliseconds(frame.start)}Z</start_date_time>
      <stop_date_time>{_milliseconds(frame.stop)}Z</stop_date_time>
    </Time_Coordinates>
    <Target_Identification><name>JUPITER</name></Target_Identification>
    <Mission_Area>
      <juno:JIRAM_Parameters>
        <juno:L_Band_Parameters>{values["l_band"]}</juno:L_Band_Parameters>
        <juno:M_Band_Parameters>{values["m_band"]}</juno:M_Band_Parameters>
      </juno:JIRAM_Parameters>
    </Mission_Area>
  </Observation_Area>
  <File_Area_Observational>
    <File><file_name>{values["file_name"]}</file_name></File>
    <Array_2D_Image>
      <offset unit="byte">{values["offset"]}</offset>
      <Element_Array><data_type>{values["data_type"]}</data_type></Element_Array>
      <Axis_Array><axis_name>Line</axis_name><elements>{values["lines"]}</elements></Axis_Array>
      <Axis_Array><axis_name>Sample</axis_name><elements>432</elements></Axis_Array>
    </Array_2D_Image>
  </File_Area_Observational>
</Product_Observational>
"""
    label = folder / f"{frame.product_id}.xml"
    label.write_text(text, encoding="utf-8")
    return label
