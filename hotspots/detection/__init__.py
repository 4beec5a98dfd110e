"""From maps to regions that may be sources: detectors and the interface they share."""
