"""From ``key=value`` words and ``conf/*.yaml`` to frozen settings, or one line of error.

Hydra composes the YAML groups, OmegaConf converts the result to the types of
`hotspots.config`, and neither is seen again.  Hydra's own launcher is not used: it would
make folders, change the working directory and end with status 1 whatever went wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hydra import compose, initialize_config_dir
from hydra.errors import HydraException, OverrideParseException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from hotspots.cli.conf import conf_dir
from hotspots.config import InferSettings
from hotspots.errors import ConfigurationError

__all__ = ["compose_infer_settings", "composed_yaml"]

_PATH_KEYS = ("archive", "out", "kernels")


def compose_infer_settings(words: Sequence[str]) -> InferSettings:
    """Settings of ``infer.py``.

    Parameters
    ----------
    words : sequence of str
        Words of the command line, such as ``["archive=DIR", "grid.cell_fraction=0.5"]``.

    Returns
    -------
    InferSettings

    Raises
    ------
    ConfigurationError
        If a word is no ``key=value``, a key is unknown, a value has the wrong type or
        range, or ``archive`` or ``out`` is missing.  The message is one line.
    """
    composed, paths = _compose(words)
    for key in ("archive", "out"):
        if not paths.get(key):
            msg = f"{key}= is missing: wanted {key}=FOLDER (--help shows an example)"
            raise ConfigurationError(msg)
    if not OmegaConf.is_list(composed.visits) and composed.visits is not None:
        composed.visits = [composed.visits]
    schema = OmegaConf.structured(InferSettings)
    _make_writable(schema)
    composed.update({"archive": ".", "out": "."})  # the true ones come last, untouched
    try:
        settings = OmegaConf.to_object(OmegaConf.merge(schema, composed))
    except (OmegaConfBaseException, ValueError) as error:
        where = getattr(error, "full_key", None)
        msg = f"{where}: {_first_line(error)}" if where else _first_line(error)
        raise ConfigurationError(msg) from error
    assert isinstance(settings, InferSettings)
    kernels = paths.get("kernels")
    return replace(
        settings,
        archive=Path(paths["archive"]),
        out=Path(paths["out"]),
        kernels=Path(kernels) if kernels else None,
    )


def composed_yaml(words: Sequence[str]) -> str:
    """All settings that these words lead to, as YAML.

    Parameters
    ----------
    words : sequence of str
        As for `compose_infer_settings`, but ``archive`` and ``out`` may be missing.

    Returns
    -------
    str

    Raises
    ------
    ConfigurationError
        If a word is no ``key=value`` or a key is unknown.
    """
    composed, paths = _compose(words)
    composed.update({key: value or None for key, value in paths.items()})
    return OmegaConf.to_yaml(composed)


def _compose(words: Sequence[str]) -> tuple[DictConfig, dict[str, str]]:
    """All settings, and the paths among them as they were typed.

    Paths do not go through Hydra, which gives commas, blanks and braces a meaning.
    """
    pairs = [word.partition("=") for word in words]
    paths = {key: _unquoted(value) for key, _, value in pairs if key in _PATH_KEYS}
    others = [word for word, pair in zip(words, pairs, strict=True) if pair[0] not in _PATH_KEYS]
    for word in others:
        if word.startswith("="):
            msg = f"{word!r} is no setting: wanted key=value (--help shows examples)"
            raise ConfigurationError(msg)
    try:
        with initialize_config_dir(config_dir=str(conf_dir()), version_base="1.3"):
            composed = compose("infer", overrides=others)
    except (HydraException, OmegaConfBaseException, ValueError) as error:
        raise ConfigurationError(_explain(error)) from error
    return composed, paths


def _unquoted(value: str) -> str:
    """Drop quotes that somebody put in for Hydra; ``null`` means nothing."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return "" if value == "null" else value


def _make_writable(node: DictConfig) -> None:
    """Lift the read-only flag that OmegaConf takes over from frozen dataclasses."""
    OmegaConf.set_readonly(node, False)
    for key in node:
        child = None if OmegaConf.is_missing(node, key) else node[key]
        if isinstance(child, DictConfig):
            _make_writable(child)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _explain(error: Exception) -> str:
    """Hydra's message in one line and in the words of this program."""
    first = _first_line(error)
    unknown = re.match(r"Could not override '(?P<key>[^']*)'", first)
    if unknown:
        key = unknown["key"]
        return f"unknown setting {key!r}: --help lists all settings"
    choice = re.search(r"Could not find '(?P<group>\w+)/(?P<name>[^']*)'", first)
    if choice:
        group = choice["group"]
        names = ", ".join(sorted(path.stem for path in (conf_dir() / group).glob("*.yaml")))
        return f"{group}={choice['name']}: there is no such file; choose from: {names}"
    if isinstance(error, OverrideParseException):
        return f"{error.override!r} is no setting: wanted key=value (--help shows examples)"
    return " ".join(str(error).split())
