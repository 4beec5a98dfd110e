"""From regions on maps to positions, spectral powers, temperatures and areas."""
