"""Text kernels of simulated flybys of the radiometer: those of the camera, and six antennas."""

from hotspots.simulation.kernel_texts import TEXT_KERNELS

__all__ = ["RADIOMETER_TEXT_KERNELS"]

_HEAD = r"""KPL/FK

   The antennas of MWR, with the angles of Juno's frame kernel 1.2: +Z is the boresight,
   +Y the spin axis.  Not the mission's own file.

   \begindata

"""

# First angle about +Z, degrees: A1 looks 120 degrees away from the others.
_AZIMUTH = {1: -150.0, 2: -30.0, 3: -30.0, 4: -30.0, 5: -30.0, 6: -30.0}


def _antenna_text(number: int) -> str:
    code = -61600 - number
    name = f"JUNO_MWR_A{number}"
    return f"""\
      FRAME_{name}           = {code}
      FRAME_{code}_NAME            = '{name}'
      FRAME_{code}_CLASS           = 4
      FRAME_{code}_CLASS_ID        = {code}
      FRAME_{code}_CENTER          = -61
      TKFRAME_{code}_SPEC          = 'ANGLES'
      TKFRAME_{code}_RELATIVE      = 'JUNO_SPACECRAFT'
      TKFRAME_{code}_ANGLES        = ( {_AZIMUTH[number]}, 0.0, -90.0 )
      TKFRAME_{code}_AXES          = ( 3, 2, 1 )
      TKFRAME_{code}_UNITS         = 'DEGREES'
"""


RADIOMETER_TEXT_KERNELS = {
    **TEXT_KERNELS,
    "juno_mwr_frames.tf": _HEAD + "\n".join(map(_antenna_text, _AZIMUTH)) + "\n   \\begintext\n",
}
"""Text of each kernel that all flybys share, by file name, in the order of loading."""
