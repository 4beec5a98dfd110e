"""Training of the networks: samples, data modules, losses, metrics and the loop."""
