"""Small tables of the radiometer in the true format: names of columns, CRLF, digits."""

import numpy as np

from hotspots.archive.radiometer import columns as names

EPOCH = 744050770.05
UTC = "2023-212T04:45:00.866"
SPACING_S = 0.12


def utc_after(seconds):
    """``t_utc_doy`` some seconds after `EPOCH`, within the same hour."""
    milliseconds = round(seconds * 1000) + 45 * 60_000 + 866
    minute, rest = divmod(milliseconds, 60_000)
    return f"2023-212T04:{minute:02d}:{rest / 1000:06.3f}"


def instrument_row(number, antenna_k=100.0):
    """Cells of one row of an instrument table whose relation holds exactly.

    Gain 10 counts/K, load at 300 K and 5000 counts, diodes of 300, 160 and 60 K.
    """
    cells = {
        names.TIME: f"{EPOCH + number * SPACING_S:.6f}",
        names.UTC: utc_after(number * SPACING_S),
        "R1T1": "298.7971",
    }
    temperatures = np.broadcast_to(antenna_k, len(names.RECEIVERS))
    for place, receiver in enumerate(names.RECEIVERS):
        cells[f"{receiver}AntCnt"] = f"{5000 + 10 * (temperatures[place] - 300):.1f}"
        cells[f"{receiver}RefCnt"] = "5000.000"
        cells[f"{receiver}TOFF"] = "300.0000"
        cells[f"{receiver}TA"] = f"{temperatures[place]:.4f}"
        for diode, kelvin in zip(names.DIODES, (300.0, 160.0, 60.0), strict=True):
            for position in names.DIODE_POSITIONS:
                cells[f"{receiver}ND{diode}{position}Cnt"] = f"{10 * kelvin:.3f}"
                cells[f"{receiver}TND{diode}{position}"] = f"{kelvin:.4f}"
    return cells


def geolocation_row(number):
    """Cells of one row of a geolocation table: a spin about +Z, Jupiter along +X."""
    cells = {
        names.TIME: f"{EPOCH + number * SPACING_S:.6f}",
        names.UTC: utc_after(number * SPACING_S),
    }
    azimuth = np.array([60.0] + 5 * [-60.0]) + 1.44 * number
    for k, longitude in enumerate(azimuth, start=1):
        cells[f"J2000_lon_B{k}"] = f"{longitude % 360:.5f}"
        cells[f"J2000_lat_B{k}"] = "0.00000"
        cells[f"J2000_rot_A{k}"] = "90.00000"
        cells[f"PC_lon_JsB{k}"] = "NaN"
        cells[f"PC_lat_JsB{k}"] = "NaN"
        cosine = np.cos(np.radians(longitude))
        cells[f"angle_JnJc_B{k}"] = f"{np.arccos(cosine):.7f}"
        cells[f"F{k}_dcz_JnJc"] = f"{cosine:.7f}"
    cells |= {"S3RH_x_JcJn": "-400000.00", "S3RH_y_JcJn": "0.00", "S3RH_z_JcJn": "0.00"}
    return cells | {"PC_lon_JsJnJc": "180.00000", "PC_lat_JsJnJc": "0.00000"}


def lines_of(rows):
    """Header and lines of rows, without their ends."""
    return [",".join(rows[0]), *(",".join(row.values()) for row in rows)]


def write_lines(path, lines, *, last_end="\r\n"):
    """Write lines as the archive does; ``last_end=""`` breaks the last one off."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("\r\n".join(lines).encode("ascii") + last_end.encode())
    return path
