"""Shapes of JIRAM images: numbers that the files themselves do not carry.

Source: JIRAM Data Product and Archive Volume SIS, version 7.5, table 6.
"""

__all__ = ["BAND_LINES", "SAMPLES"]

BAND_LINES = 128
"""Lines of one band: a file of L and M has 256, a file of one band 128."""

SAMPLES = 432
"""Samples of a line, in every image mode."""
