"""Flybys of Io as the microwave radiometer would have seen them, in the form of its archive."""
