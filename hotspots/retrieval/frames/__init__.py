"""Photometry in the frames themselves: all sources, frames and bands in one adjustment."""
