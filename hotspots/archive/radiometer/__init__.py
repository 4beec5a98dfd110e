"""The microwave radiometer's side of the archive: hourly tables in, rows in order out."""
