"""Thermal hot spots on Io from Juno's infrared camera, with honest errors."""

__version__ = "0.1.0"
