"""Spectra of JIRAM as they lie on disk: labels in, products and radiances out."""
