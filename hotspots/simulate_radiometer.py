"""``python -m hotspots.simulate_radiometer``: an archive of simulated flybys, with truth."""

from hotspots.cli.simulate_radiometer import main

__all__ = ["main"]

if __name__ == "__main__":
    raise SystemExit(main())
