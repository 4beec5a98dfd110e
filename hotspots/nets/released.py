"""Where the released models lie: inside an installed package, or beside it in a checkout."""

from pathlib import Path

from hotspots.errors import ModelError

__all__ = ["released_model"]


def released_model(name: str) -> Path:
    """Folder of a released model.

    Parameters
    ----------
    name : str
        Such as ``io-hotspots``.

    Returns
    -------
    Path
        Absolute.

    Raises
    ------
    ModelError
        If there is no such model; the message lists those that there are.
    """
    package = Path(__file__).resolve().parents[1]
    places = (package / "models", package.parent / "models")
    known = sorted(
        {folder.parent.name for place in places for folder in place.glob("*/model.yaml")}
    )
    for place in places:
        if name in known and (place / name / "model.yaml").is_file():
            return place / name
    msg = (
        f"model {name!r} is neither a folder nor a released model; "
        f"released are: {', '.join(known) or 'none'}"
    )
    raise ModelError(msg)
