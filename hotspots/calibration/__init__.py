"""Calibration: from counts or archived radiance to radiance, sigma and flags."""
