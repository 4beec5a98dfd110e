"""Text kernels of simulated visits, written from published values.

They serve simulated visits alone: for real data take the kernels of NAIF.
"""

__all__ = ["CLOCK_RATE", "TEXT_KERNELS", "metakernel_text"]

LEAP_SECONDS = r"""KPL/LSK

   Leap seconds since 2009 (IERS Bulletin C) and the constants of TDB - TT of Moyer 1981
   (doi:10.1007/BF01228543).

   \begindata

      DELTET/DELTA_T_A = 32.184
      DELTET/K         = 1.657D-3
      DELTET/EB        = 1.671D-2
      DELTET/M         = ( 6.239996D0  1.99096871D-7 )
      DELTET/DELTA_AT  = ( 34, @2009-JAN-1
                           35, @2012-JUL-1
                           36, @2015-JUL-1
                           37, @2017-JAN-1 )

   \begintext
"""

CONSTANTS = r"""KPL/PCK

   Sizes and rotation of Io, Jupiter and the Sun: report of the IAU working group of 2015
   (Archinal et al. 2018, doi:10.1007/s10569-017-9805-5).  Kilometres and degrees.  J3 and
   J4 are the third and fourth angle of the Jovian system.

   \begindata

      BODY501_RADII         = ( 1829.4 1819.4 1815.7 )
      BODY501_POLE_RA       = ( 268.05 -0.009 0.0 )
      BODY501_POLE_DEC      = ( 64.50 0.003 0.0 )
      BODY501_PM            = ( 200.39 203.4889538 0.0 )
      BODY501_NUT_PREC_RA   = ( 0.0 0.0 0.094 0.024 )
      BODY501_NUT_PREC_DEC  = ( 0.0 0.0 0.040 0.011 )
      BODY501_NUT_PREC_PM   = ( 0.0 0.0 -0.085 -0.022 )
      BODY5_NUT_PREC_ANGLES = ( 73.32 91472.9  24.62 45137.2  283.90 4850.7  355.80 1191.3 )

      BODY599_RADII         = ( 71492.0 71492.0 66854.0 )
      BODY599_POLE_RA       = ( 268.056595 -0.006499 0.0 )
      BODY599_POLE_DEC      = ( 64.495303 0.002413 0.0 )
      BODY599_PM            = ( 284.95 870.5360000 0.0 )

      BODY10_RADII          = ( 695700.0 695700.0 695700.0 )
      BODY10_POLE_RA        = ( 286.13 0.0 0.0 )
      BODY10_POLE_DEC       = ( 63.87 0.0 0.0 )
      BODY10_PM             = ( 84.176 14.18440 0.0 )

   \begintext
"""

CLOCK_RATE = 0.99999875
"""TDB seconds per second of the clock; published correlations since 2017 scatter by 2e-8."""
CLOCK_SECONDS, CLOCK_ET = 300_000_000, 300_000_174.413
"""A count of the clock, in seconds, and the TDB seconds past J2000 that it stands for."""

CLOCK = rf"""KPL/SCLK

   Juno's clock in ticks of 1/256 s (-61) and 1/65536 s (-61999), in one partition.  The
   one correlation record is that of a label of 2020 (count 662646391:28377 at
   2020-12-31T00:20:43.354), taken back to 2009 at the mean rate since 2017; this is good
   to a second.

   \begindata

      SCLK_KERNEL_ID             = ( @2020-12-31 )

      SCLK_DATA_TYPE_61          = ( 1 )
      SCLK01_TIME_SYSTEM_61      = ( 1 )
      SCLK01_N_FIELDS_61         = ( 2 )
      SCLK01_MODULI_61           = ( 4294967296 256 )
      SCLK01_OFFSETS_61          = ( 0 0 )
      SCLK01_OUTPUT_DELIM_61     = ( 1 )
      SCLK_PARTITION_START_61    = ( 0 )
      SCLK_PARTITION_END_61      = ( 1099511627775 )
      SCLK01_COEFFICIENTS_61     = ( {CLOCK_SECONDS * 256} {CLOCK_ET} {CLOCK_RATE} )

      SCLK_DATA_TYPE_61999       = ( 1 )
      SCLK01_TIME_SYSTEM_61999   = ( 1 )
      SCLK01_N_FIELDS_61999      = ( 2 )
      SCLK01_MODULI_61999        = ( 4294967296 65536 )
      SCLK01_OFFSETS_61999       = ( 0 0 )
      SCLK01_OUTPUT_DELIM_61999  = ( 1 )
      SCLK_PARTITION_START_61999 = ( 0 )
      SCLK_PARTITION_END_61999   = ( 281474976710655 )
      SCLK01_COEFFICIENTS_61999  = ( {CLOCK_SECONDS * 65536} {CLOCK_ET} {CLOCK_RATE} )

   \begintext
"""

FRAMES = r"""KPL/FK

   The spacecraft and the cameras of JIRAM, with the angles of Juno's frame kernel 1.2.
   Not the mission's own file.

   \begindata

      FRAME_JUNO_SPACECRAFT        = -61000
      FRAME_-61000_NAME            = 'JUNO_SPACECRAFT'
      FRAME_-61000_CLASS           = 3
      FRAME_-61000_CLASS_ID        = -61000
      FRAME_-61000_CENTER          = -61
      CK_-61000_SCLK               = -61
      CK_-61000_SPK                = -61

{cameras}
      NAIF_BODY_NAME += ( 'JUNO', 'JUNO_JIRAM_I_LBAND', 'JUNO_JIRAM_I_MBAND' )
      NAIF_BODY_CODE += ( -61, -61411, -61412 )

   \begintext
"""

# Name, code, frame it is fixed to, angles (degrees) and axes.
MOUNTING = (
    ("URF", -61401, "JUNO_SPACECRAFT", (-158.0, 0.0, 0.0), (3, 2, 1)),
    ("S", -61420, "JUNO_JIRAM_URF", (-90.063, -90.0, -6.2765), (2, 3, 2)),
    ("I", -61410, "JUNO_JIRAM_S", (0.0, -0.23844, 0.0), (3, 2, 1)),
    ("I_LBAND", -61411, "JUNO_JIRAM_I", (0.0, -0.94012, 0.0), (3, 2, 1)),
    ("I_MBAND", -61412, "JUNO_JIRAM_I", (0.0, 0.94012, 0.0), (3, 2, 1)),
)

INSTRUMENT = r"""KPL/IK

   Optics of the imager of JIRAM: the values of instrument kernel 02.  Not the mission's
   own file.

   \begindata

{bands}
   \begintext
"""

METAKERNEL = r"""KPL/MK

   Kernels of simulated visits.  PATH_VALUES is relative to this file.

   \begindata

      PATH_VALUES     = ( '.' )
      PATH_SYMBOLS    = ( 'KERNELS' )
      KERNELS_TO_LOAD = (
{kernels}
      )

   \begintext
"""


def _frame_text(
    name: str, code: int, base: str, angles: tuple[float, ...], axes: tuple[int, ...]
) -> str:
    full = f"JUNO_JIRAM_{name}"
    return f"""\
      FRAME_{full:22s} = {code}
      FRAME_{code}_NAME            = '{full}'
      FRAME_{code}_CLASS           = 4
      FRAME_{code}_CLASS_ID        = {code}
      FRAME_{code}_CENTER          = -61
      TKFRAME_{code}_SPEC          = 'ANGLES'
      TKFRAME_{code}_RELATIVE      = '{base}'
      TKFRAME_{code}_ANGLES        = ( {", ".join(map(str, angles))} )
      TKFRAME_{code}_AXES          = ( {", ".join(map(str, axes))} )
      TKFRAME_{code}_UNITS         = 'DEGREES'
"""


def _instrument_text(code: int, name: str) -> str:
    return f"""\
      INS{code}_FOCAL_LENGTH        = ( 159.82033 )
      INS{code}_IFOV                = ( 0.000237767, 0.000237767 )
      INS{code}_PIXEL_SIZE          = ( 38, 38 )
      INS{code}_PIXEL_SAMPLES       = ( 432 )
      INS{code}_PIXEL_LINES         = ( 128 )
      INS{code}_CCD_CENTER          = ( 216.5, 64.5 )
      INS{code}_FOV_FRAME           = '{name}'
      INS{code}_FOV_SHAPE           = 'RECTANGLE'
      INS{code}_BORESIGHT           = ( 0.0, 0.0, 1.0 )
      INS{code}_FOV_CLASS_SPEC      = 'ANGLES'
      INS{code}_FOV_REF_VECTOR      = ( 1.0, 0.0, 0.0 )
      INS{code}_FOV_REF_ANGLE       = ( 0.872 )
      INS{code}_FOV_CROSS_ANGLE     = ( 2.943 )
      INS{code}_FOV_ANGLE_UNITS     = ( 'DEGREES' )
"""


TEXT_KERNELS = {
    "leap_seconds.tls": LEAP_SECONDS,
    "juno_clock.tsc": CLOCK,
    "io_jupiter_sun.tpc": CONSTANTS,
    "juno_jiram_frames.tf": FRAMES.replace(
        "{cameras}", "\n".join(_frame_text(*mounting) for mounting in MOUNTING)
    ),
    "juno_jiram.ti": INSTRUMENT.replace(
        "{bands}",
        "\n".join(
            _instrument_text(code, name)
            for code, name in ((-61411, "JUNO_JIRAM_I_LBAND"), (-61412, "JUNO_JIRAM_I_MBAND"))
        ),
    ),
}
"""Text of each kernel that all visits share, by file name, in the order of loading."""


def metakernel_text(names: list[str]) -> str:
    """Text of a metakernel.

    Parameters
    ----------
    names : list of str
        File names of kernels beside it, in the order of loading.

    Returns
    -------
    str
    """
    kernels = "\n".join(f"         '$KERNELS/{name}'" for name in names)
    return METAKERNEL.replace("{kernels}", kernels)
