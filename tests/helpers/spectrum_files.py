"""Tiny spectrum products in the true format."""

import hashlib
from pathlib import Path

import numpy as np

CLOCK = ("5/744050708:39715", "5/744050709:39715")


def spectra_values(rows: int = 256, seed: int = 3) -> np.ndarray:
    """Spectral radiances of the size that Io has."""
    return np.random.default_rng(seed).normal(0.04, 0.002, (rows, 336)).astype("<f4")


def label_text(product_id: str, data: str, md5: str, rows: int, **changes: str | None) -> str:
    """A PDS3 label of a calibrated spectrum; ``changes`` sets keywords (``None`` drops one)."""
    keywords: dict[str, str | None] = {
        "PDS_VERSION_ID": "PDS3",
        "DATA_SET_ID": '"JNO-J-JIRAM-3-RDR-V1.0"',
        "PRODUCT_ID": product_id,
        "START_TIME": "2023-07-31T04:40:08.606",
        "STOP_TIME": "2023-07-31T04:40:09.606",
        "SPACECRAFT_CLOCK_START_COUNT": f'"{CLOCK[0]}"',
        "SPACECRAFT_CLOCK_STOP_COUNT": f'"{CLOCK[1]}"',
        "MD5_CHECKSUM": f'"{md5}"',
        "SOFTWARE_VERSION_ID": '("EGSE_208", "PDS_RDR_v10")',
        "ORBIT_NUMBER": "53",
        "TARGET_NAME": '"N/A"',
        "JNO:TARGET_PRESENCE_FLAG": '"010000000000000"',
        "FRAME_TYPE": '"SCIENCE"',
        "UNIT": '"W/(m^2*sr*micron)"',
        "^TABLE": f'"{data}"',
        "ROWS": str(rows),
        "ROW_BYTES": "1344",
        "COLUMNS": "336",
    }
    keywords.update(changes)
    in_file, in_table = ("FRAME_TYPE", "UNIT", "^TABLE"), ("ROWS", "ROW_BYTES", "COLUMNS")

    def lines(names) -> list[str]:
        return [f"{n:31s}= {keywords[n]}" for n in names if keywords[n] is not None]

    text = lines([name for name in keywords if name not in in_file + in_table])
    text += ["OBJECT = FILE", *lines(in_file), "OBJECT = TABLE", *lines(in_table)]
    text += ['   ^STRUCTURE = "JIR_SPE_RDR_V02.FMT"', "END_OBJECT = TABLE", "END_OBJECT = FILE"]
    return "".join(f"{line:78s}\r\n" for line in [*text, "END"])


def write_spectrum(
    folder: Path,
    product_id: str = "JIR_SPE_RDR_2023212T044012_V01",
    *,
    values: np.ndarray | None = None,
    content: bytes | None = None,
    **changes: str | None,
) -> Path:
    """Write label and data; ``content`` replaces the bytes but not their MD5 sum."""
    folder.mkdir(parents=True, exist_ok=True)
    values = spectra_values() if values is None else values
    data = folder / f"{product_id}.DAT"
    data.write_bytes(values.tobytes() if content is None else content)
    md5 = hashlib.md5(values.tobytes()).hexdigest()
    label = folder / f"{product_id}.LBL"
    label.write_text(label_text(product_id, data.name, md5, len(values), **changes), "latin-1")
    return label
