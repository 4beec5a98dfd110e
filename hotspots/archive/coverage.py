"""Whether the loaded kernels say, at one time, where a camera was and where it looked."""

import spiceypy

from hotspots.body import IO_FRAME, IO_NAME

__all__ = ["kernels_cover"]

_NO_EPHEMERIS = {"SPICE(SPKINSUFFDATA)", "SPICE(NOLOADEDFILES)", "SPICE(NOSEPHEMERIS)"}


def kernels_cover(
    et: float,
    *,
    camera_frame: str = "JUNO_JIRAM_I_MBAND",
    body: str = IO_NAME,
    body_frame: str = IO_FRAME,
    observer: str = "JUNO",
) -> str | None:
    """Ask SPICE for everything that the geometry of a frame needs.

    Parameters
    ----------
    et : float
        TDB seconds past J2000.
    camera_frame : str
        Frame of the camera; needs the frame kernel and the spacecraft's attitude (CK).
    body, body_frame : str
        Body and its rotating frame.
    observer : str
        The spacecraft.

    Returns
    -------
    str or None
        Why the frame cannot be placed, in words for ``frames.csv``; None if it can.
        A pool of `hotspots.archive.kernels` must be open.
    """
    try:
        spiceypy.pxform("J2000", camera_frame, et)
    except spiceypy.exceptions.SpiceyError as error:
        if error.short == "SPICE(NOFRAMECONNECT)":
            return f"no attitude kernel (CK) of {observer} at this time"
        return f"no frame {camera_frame}: {error.short}"
    try:
        spiceypy.pxform("J2000", body_frame, et)
    except spiceypy.exceptions.SpiceyError as error:
        return f"no frame {body_frame}: {error.short}"
    for target in (body, "SUN"):
        try:
            spiceypy.spkpos(target, et, "J2000", "LT+S", observer)
        except spiceypy.exceptions.SpiceyError as error:
            if error.short in _NO_EPHEMERIS:
                return f"no ephemeris kernel (SPK) of {observer} and {target} at this time"
            return f"no position of {target} from {observer}: {error.short}"
    return None
