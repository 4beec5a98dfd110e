"""Records of sources and frames, and the names of the places where they lie."""
