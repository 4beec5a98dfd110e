"""``python -m hotspots.simulate``: an archive of simulated visits, with truth."""

from hotspots.cli.simulate import main

__all__ = ["main"]

if __name__ == "__main__":
    raise SystemExit(main())
