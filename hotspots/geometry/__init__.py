"""Geometry: from times and kernels to cameras that know where every sample looked."""
