"""From ``key=value`` words and ``conf/*.yaml`` to frozen settings, or one line of error.

Hydra composes the YAML groups, OmegaConf converts the result to the types of
`hotspots.config`, and neither is seen again.  Hydra's own launcher is not used: it would
make folders, change the working directory and end with status 1 whatever went wrong.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, is_dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from hydra import compose, initialize_config_dir
from hydra.errors import HydraException, OverrideParseException
from omegaconf import DictConfig, OmegaConf
from omegaconf.errors import OmegaConfBaseException

from hotspots.cli.conf import conf_dir
from hotspots.config import InferSettings
from hotspots.errors import ConfigurationError

__all__ = ["INFER", "Program", "compose_infer_settings", "compose_settings", "composed_yaml"]

Settings = TypeVar("Settings")

_PLACEHOLDER = "."


@dataclass(frozen=True)
class Program(Generic[Settings]):
    """Which words a program understands.

    Parameters
    ----------
    name : str
        Its YAML file in ``conf`` without the suffix.
    schema : type
        Frozen dataclass of its settings.
    paths : tuple of str
        Keys, with dots for those of groups, whose values are paths.
    needed : tuple of str
        Those of ``paths`` that must be given.
    lists : tuple of str
        Keys of lists for which one value without brackets is taken too.
    plain : tuple of str
        Keys of plain values, although ``conf`` has a folder of that name for others.
    """

    name: str
    schema: type[Settings]
    paths: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    plain: tuple[str, ...] = ()


INFER = Program(
    "infer",
    InferSettings,
    paths=("archive", "out", "kernels", "radiometer.maps.antenna_folder"),
    needed=("archive", "out"),
    lists=("visits",),
)


def compose_settings(program: Program[Settings], words: Sequence[str]) -> Settings:
    """Settings that the words of a command line lead to.

    Parameters
    ----------
    program : Program
    words : sequence of str
        Words such as ``["archive=DIR", "grid.cell_fraction=0.5"]``.

    Returns
    -------
    Settings
        Instance of ``program.schema``.

    Raises
    ------
    ConfigurationError
        If a word is no ``key=value``, a key is unknown, a value has the wrong type or
        range, or a needed path is missing.  The message is one line.
    """
    composed, paths = _compose(program, words)
    for key in program.needed:
        if not paths.get(key):
            msg = f"{key}= is missing: wanted {key}=FOLDER (--help shows an example)"
            raise ConfigurationError(msg)
    for key in program.lists:
        value = OmegaConf.select(composed, key)
        if value is not None and not OmegaConf.is_list(value):
            OmegaConf.update(composed, key, [value], merge=False)
    schema = OmegaConf.structured(program.schema)
    _make_writable(schema)
    for key, value in paths.items():  # the true ones come last, untouched
        OmegaConf.update(composed, key, _PLACEHOLDER if value else None)
    try:
        settings = OmegaConf.to_object(OmegaConf.merge(schema, composed))
    except (OmegaConfBaseException, ValueError) as error:
        where = getattr(error, "full_key", None)
        msg = f"{where}: {_first_line(error)}" if where else _first_line(error)
        raise ConfigurationError(msg) from error
    assert isinstance(settings, program.schema)
    return _with_paths(settings, paths)


def compose_infer_settings(words: Sequence[str]) -> InferSettings:
    """Settings of ``infer.py``; see `compose_settings`."""
    return compose_settings(INFER, words)


def composed_yaml(words: Sequence[str], program: Program[Any] = INFER) -> str:
    """All settings that these words lead to, as YAML.

    Parameters
    ----------
    words : sequence of str
        As for `compose_settings`, but needed paths may be missing.
    program : Program

    Returns
    -------
    str

    Raises
    ------
    ConfigurationError
        If a word is no ``key=value`` or a key is unknown.
    """
    composed, paths = _compose(program, words)
    for key, value in paths.items():
        OmegaConf.update(composed, key, value or None)
    return OmegaConf.to_yaml(composed)


def _compose(program: Program[Any], words: Sequence[str]) -> tuple[DictConfig, dict[str, str]]:
    """All settings, and the paths among them as they were typed.

    Paths do not go through Hydra, which gives commas, blanks and braces a meaning.
    """
    pairs = [word.partition("=") for word in words]
    paths = {key: _unquoted(value) for key, _, value in pairs if key in program.paths}
    plain = {key: _unquoted(value) for key, _, value in pairs if key in program.plain}
    own = {*program.paths, *program.plain}
    others = [word for word, pair in zip(words, pairs, strict=True) if pair[0] not in own]
    for word in others:
        if word.startswith("="):
            msg = f"{word!r} is no setting: wanted key=value (--help shows examples)"
            raise ConfigurationError(msg)
    try:
        with initialize_config_dir(config_dir=str(conf_dir()), version_base="1.3"):
            composed = compose(program.name, overrides=others)
    except (HydraException, OmegaConfBaseException, ValueError) as error:
        raise ConfigurationError(_explain(error)) from error
    for key, value in plain.items():
        OmegaConf.update(composed, key, value)
    return composed, paths


def _unquoted(value: str) -> str:
    """Drop quotes that somebody put in for Hydra; ``null`` means nothing."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return value[1:-1]
    return "" if value == "null" else value


def _with_paths(settings: Settings, paths: Mapping[str, str]) -> Settings:
    """Put the paths in place, those of groups into their groups."""
    for key, value in paths.items():
        settings = _with_path(settings, key.split("."), Path(value) if value else None)
    return settings


def _with_path(settings: Settings, keys: Sequence[str], path: Path | None) -> Settings:
    """Put one path in place."""
    assert is_dataclass(settings)
    name, *inner = keys
    new = _with_path(getattr(settings, name), inner, path) if inner else path
    return replace(settings, **{name: new})  # type: ignore[type-var]


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
