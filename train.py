"""Train the network that finds hot spots: ``python train.py --help``."""

from hotspots.cli.train import main

if __name__ == "__main__":
    raise SystemExit(main())
