"""Files of text that the commands of the evaluation write."""

from pathlib import Path

from hotspots.errors import ProductError

__all__ = ["write_text"]


def write_text(path: Path, text: str) -> None:
    """Write a file in UTF-8.

    Raises
    ------
    ProductError
        It cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"{path}: cannot be written ({error.strerror}); name a file in a writable folder"
        raise ProductError(msg) from error
