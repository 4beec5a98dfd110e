"""``python -m hotspots.prepare``: a folder of samples that a network learns from."""

from hotspots.cli.prepare import main

__all__ = ["main"]

if __name__ == "__main__":
    raise SystemExit(main())
