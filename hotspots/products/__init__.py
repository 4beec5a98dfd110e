"""Files that leave the program: tables, maps, rasters and their provenance."""
