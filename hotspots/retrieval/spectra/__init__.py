"""What spectra say of sources that images found: light in the slit, power, temperature."""
