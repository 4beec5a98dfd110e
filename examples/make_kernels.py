"""Write the small kernels of ``examples/archive/kernels`` from published values.

The kernels of Juno and Io there are part of the simulated encounter.  What they need
beside them is written here: leap seconds, the constants of Io, Jupiter and the Sun,
Juno's clock on one day, and where Jupiter and the Sun were on that day::

    python examples/make_kernels.py [FOLDER]

They serve the example alone: for real data take the kernels of NAIF.
Needs the extra ``dev`` (pyerfa).
"""

import re
import sys
from pathlib import Path

import erfa
import numpy as np
import spiceypy

from hotspots.simulation.kernel_texts import CONSTANTS, LEAP_SECONDS

ARCHIVE = Path(__file__).parent / "archive"

CLOCK = r"""KPL/SCLK

   Juno's clock in ticks of 1/256 s (-61) and 1/65536 s (-61999), for one encounter only.

   The partitions are the restarts of the clock up to 2014.  The one correlation record is
   derived from the labels beside this file: START_TIME, rounded to 1 ms, against
   SPACECRAFT_CLOCK_START_COUNT; the middle of what all labels allow is taken, which leaves
   +-{uncertainty_ms:.2f} ms.  The rate is the mean of the mission since 2017.

   \begindata

      SCLK_KERNEL_ID            = ( @2023-07-31 )

      SCLK_DATA_TYPE_61         = ( 1 )
      SCLK01_TIME_SYSTEM_61     = ( 1 )
      SCLK01_N_FIELDS_61        = ( 2 )
      SCLK01_MODULI_61          = ( 4294967296 256 )
      SCLK01_OFFSETS_61         = ( 0 0 )
      SCLK01_OUTPUT_DELIM_61    = ( 1 )
      SCLK_PARTITION_START_61   = ( {coarse_starts} )
      SCLK_PARTITION_END_61     = ( {coarse_ends} )
      SCLK01_COEFFICIENTS_61    = ( {coarse_ticks:.0f} {et:.6f} {rate} )

      SCLK_DATA_TYPE_61999      = ( 1 )
      SCLK01_TIME_SYSTEM_61999  = ( 1 )
      SCLK01_N_FIELDS_61999     = ( 2 )
      SCLK01_MODULI_61999       = ( 4294967296 65536 )
      SCLK01_OFFSETS_61999      = ( 0 0 )
      SCLK01_OUTPUT_DELIM_61999 = ( 1 )
      SCLK_PARTITION_START_61999 = ( {fine_starts} )
      SCLK_PARTITION_END_61999  = ( {fine_ends} )
      SCLK01_COEFFICIENTS_61999 = ( {fine_ticks:.0f} {et:.6f} {rate} )

   \begintext
"""

METAKERNEL = r"""KPL/MK

   Kernels of the simulated encounter.  PATH_VALUES is relative to this file.

   \begindata

      PATH_VALUES     = ( '.' )
      PATH_SYMBOLS    = ( 'KERNELS' )
      KERNELS_TO_LOAD = (
         '$KERNELS/leap_seconds.tls'
         '$KERNELS/juno_clock_2023212.tsc'
         '$KERNELS/io_jupiter_sun.tpc'
         '$KERNELS/juno_v12_jiram_frames.tf'
         '$KERNELS/juno_jiram_v02_equivalent.ti'
         '$KERNELS/jupiter_sun_2023212.bsp'
         '$KERNELS/juno_io_pj53.bsp'
         '$KERNELS/juno_sc_pj53.bc'
      )

   \begintext
"""

PARTITION_STARTS = (0, 93793618176, 111150025728, 112085962240, 114986899968)
PARTITION_ENDS = (93793616905, 111150025616, 112085962264, 114986900150, 1099511627775)
"""Restarts of the clock, in ticks of 1/256 s (published in every Juno clock kernel)."""

CLOCK_RATE = 0.99999875
"""TDB seconds per clock second; published correlations since 2017 scatter by 2e-8."""

ASTRONOMICAL_UNIT_KM = 149597870.7
DAY_S = 86400.0
ENCOUNTER = "2023-07-31T04:47:00"


def label_times(folder: Path) -> tuple[np.ndarray, np.ndarray]:
    """Clock counts (s, partition dropped) and START_TIME (TDB s) of all image labels."""
    counts, times = [], []
    for path in sorted(folder.rglob("JIR_IMG_*.LBL")):
        text = path.read_text(encoding="ascii")
        seconds, fraction = re.search(r'CLOCK_START_COUNT\s*=\s*"\d/(\d+):(\d+)"', text).groups()
        start = re.search(r"START_TIME\s*=\s*(\S+)", text).group(1)
        counts.append(int(seconds) + int(fraction) / 65536)
        times.append(spiceypy.str2et(start))
    return np.array(counts), np.array(times)


def clock_kernel(counts: np.ndarray, times: np.ndarray) -> str:
    """Text of the clock kernel that agrees with every label to its rounding."""
    reference = np.floor(counts.min())
    offset = times - (counts - reference) * CLOCK_RATE
    low, high = offset.max() - 0.0005, offset.min() + 0.0005
    before = sum(PARTITION_ENDS[:-1]) - sum(PARTITION_STARTS)
    coarse_ticks = reference * 256 + before

    def joined(values: tuple[int, ...], factor: int, last: int = 0) -> str:
        numbers = [value * factor for value in values]
        numbers[-1] += last
        return " ".join(str(number) for number in numbers)

    return CLOCK.format(
        uncertainty_ms=(high - low) / 2 * 1000,
        et=(low + high) / 2,
        rate=CLOCK_RATE,
        coarse_ticks=coarse_ticks,
        fine_ticks=coarse_ticks * 256,
        coarse_starts=joined(PARTITION_STARTS, 1),
        coarse_ends=joined(PARTITION_ENDS, 1),
        fine_starts=joined(PARTITION_STARTS, 256),
        fine_ends=joined(PARTITION_ENDS, 256, last=255),
    )


def write_ephemeris(path: Path, middle: float) -> None:
    """Write Jupiter and the Sun for two days about ``middle`` (TDB s past J2000).

    Jupiter's barycentre is that of Simon et al. 1994 (A&A 282, 663) as coded in ERFA,
    good to about 0.02 deg.  It is heliocentric: the Sun is put at the barycentre of the
    Solar System, which moves both by the same 1e6 km and changes no direction between
    them, nor aberration by more than 1e-7 rad.
    """
    epochs = middle + np.arange(-12, 13) * DAY_S / 12
    jupiter = erfa.plan94(2451545.0, epochs / DAY_S, 5)
    states = np.hstack(
        [
            jupiter["p"] * ASTRONOMICAL_UNIT_KM,
            jupiter["v"] * ASTRONOMICAL_UNIT_KM / DAY_S,
        ]
    )
    path.unlink(missing_ok=True)
    handle = spiceypy.spkopn(str(path), "Jupiter and Sun, plan94", 0)
    for body, segment, values in (
        (5, "JUPITER BARYCENTER, SIMON 1994", states),
        (10, "SUN AT THE BARYCENTER", np.zeros_like(states)),
    ):
        spiceypy.spkw13(
            handle, body, 0, "J2000", epochs[0], epochs[-1], segment, 7, len(epochs), values, epochs
        )
    spiceypy.spkcls(handle)


def main(folder: Path) -> None:
    """Write all files into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    leap_seconds = folder / "leap_seconds.tls"
    leap_seconds.write_text(LEAP_SECONDS, encoding="ascii")
    (folder / "io_jupiter_sun.tpc").write_text(CONSTANTS, encoding="ascii")
    (folder / "juno_io_pj53.tm").write_text(METAKERNEL, encoding="ascii")
    spiceypy.furnsh(str(leap_seconds))
    counts, times = label_times(ARCHIVE)
    clock = clock_kernel(counts, times)
    (folder / "juno_clock_2023212.tsc").write_text(clock, encoding="ascii")
    write_ephemeris(folder / "jupiter_sun_2023212.bsp", spiceypy.str2et(ENCOUNTER))
    spiceypy.unload(str(leap_seconds))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ARCHIVE / "kernels")
