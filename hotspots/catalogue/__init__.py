"""Records of sources and frames, names, and the volcanoes that sources of all visits are."""
