"""Where the YAML groups lie: inside an installed package, or beside it in a checkout."""

from pathlib import Path

from hotspots.errors import ConfigurationError

__all__ = ["conf_dir"]


def conf_dir() -> Path:
    """Folder with ``infer.yaml`` and its groups.

    Returns
    -------
    Path
        Absolute.

    Raises
    ------
    ConfigurationError
        If the installation has lost it.
    """
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "conf", package.parent / "conf"):
        if (folder / "infer.yaml").is_file():
            return folder
    msg = f"no folder conf with infer.yaml in or beside {package}: install hotspots again"
    raise ConfigurationError(msg)
