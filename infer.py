"""Find hot spots in a folder of products: ``python infer.py --help``."""

from hotspots.cli.infer import main

if __name__ == "__main__":
    raise SystemExit(main())
