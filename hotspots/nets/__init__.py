"""Segmentation networks: what they read, how they are built, and how they are kept in a folder."""
