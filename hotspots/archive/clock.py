r"""Spacecraft clock counts: exposure and ephemeris time from ``"p/seconds:sub"``.

START_TIME is rounded to 1 ms, in which the spacecraft turns by 0.9 of a line; the clock
counts beside it resolve 1/65536 s = 15 us.  Exposure is the difference of two of them::

    t_exp = (seconds_stop - seconds_start) + (sub_stop - sub_start) / 65536
"""

import spiceypy

from hotspots.archive import quirks
from hotspots.archive.products import Product
from hotspots.archive.spectrometer.products import SpectrumProduct
from hotspots.errors import KernelError, LabelError

__all__ = ["clock_et", "exposure_from_clock", "start_et"]

JUNO_CLOCK_ID = -61999
"""The clock of the Juno SCLK kernels whose sub-counts are 1/65536 s.

The same kernels define clock -61 with sub-counts of 1/256 s, in which a JIRAM count
would be misread by up to 255 s.
"""

COARSE_CLOCK_ID = -61

_LARGEST_DISAGREEMENT_S = 1.0
"""Labels were made with clock kernels of their day; later ones differ by milliseconds."""


def exposure_from_clock(start_clock: str, stop_clock: str) -> float:
    """Exposure time from the two clock counts of a label.

    Parameters
    ----------
    start_clock, stop_clock : str
        SPACECRAFT_CLOCK_START_COUNT and _STOP_COUNT, ``"p/seconds:sub"``.

    Returns
    -------
    float
        Seconds, good to one count, 15 us.

    Raises
    ------
    LabelError
        If a count cannot be read or the second is not later than the first.
    """
    start_s, start_sub = quirks.clock_counts(start_clock)
    stop_s, stop_sub = quirks.clock_counts(stop_clock)
    exposure = (stop_s - start_s) + (stop_sub - start_sub) / quirks.SUBCOUNTS_PER_SECOND
    if exposure <= 0.0:
        msg = f"clock counts {start_clock!r} to {stop_clock!r} make an exposure of {exposure} s"
        raise LabelError(msg)
    return exposure


def clock_et(clock: str) -> float:
    """Ephemeris time of a clock count; needs a clock kernel and a leap second kernel.

    Parameters
    ----------
    clock : str
        ``"p/seconds:sub"``; the partition is not used (`quirks.clock_for_spice`).

    Returns
    -------
    float
        TDB seconds past J2000.

    Raises
    ------
    LabelError
        If the count cannot be read.
    KernelError
        If no kernel of Juno's clock is loaded.
    """
    text = quirks.clock_for_spice(clock)
    seconds, subcounts = quirks.clock_counts(clock)
    try:
        if spiceypy.expool(f"SCLK01_MODULI_{-JUNO_CLOCK_ID}"):
            return float(spiceypy.scs2e(JUNO_CLOCK_ID, text))
        whole = float(spiceypy.scs2e(COARSE_CLOCK_ID, f"{seconds}:0"))
    except spiceypy.exceptions.SpiceyError as error:
        msg = (
            f"spacecraft clock {clock!r} cannot be converted: {error.short}; "
            "load Juno's clock kernel (JNO_SCLKSCET.*.tsc) and a leap second kernel"
        )
        raise KernelError(msg) from error
    # The clock drifts by less than 1e-7, so within one second its rate is 1.
    return whole + subcounts / quirks.SUBCOUNTS_PER_SECOND


def start_et(product: Product | SpectrumProduct) -> float:
    """Ephemeris time at which the exposure of a product starts.

    Parameters
    ----------
    product : Product or SpectrumProduct
        Its clock count is used; START_TIME (rounded to 1 ms) only where it has none.

    Returns
    -------
    float
        TDB seconds past J2000.

    Raises
    ------
    KernelError
        If the clock or leap second kernel is not loaded.
    LabelError
        If clock count and START_TIME are more than a second apart.
    """
    from_label = _label_et(product)
    if not product.start_clock:
        return from_label
    et = clock_et(product.start_clock)
    if abs(et - from_label) > _LARGEST_DISAGREEMENT_S:
        msg = (
            f"{product.label_path}: clock count {product.start_clock!r} and START_TIME "
            f"{product.start_time_label} are {et - from_label:.3f} s apart; one of them is wrong"
        )
        raise LabelError(msg)
    return et


def _label_et(product: Product | SpectrumProduct) -> float:
    start = quirks.observation_time(product.start_time_label)
    try:
        return float(spiceypy.str2et(f"{start:%Y-%m-%dT%H:%M:%S.%f}"))
    except spiceypy.exceptions.SpiceyError as error:
        msg = (
            f"{product.label_path}: START_TIME {product.start_time_label!r} cannot be "
            f"converted: {error.short}; load a leap second kernel (naif0012.tls)"
        )
        raise KernelError(msg) from error
