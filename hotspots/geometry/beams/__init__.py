"""Where the radiometer's antennas looked, and with what pattern."""
