"""From ``key=value`` words and ``conf/*.yaml`` to frozen settings, or one line of error.

Hydra composes the YAML groups, OmegaConf converts the result to the types of
`hotspots.config`, and neither is seen again.  Hydra's own launcher is not used: it would
make folders, change the working directory and end with status 1 whatever went wrong.
"""

import re
from collections.abc import Sequence

from hydra import compose, initialize_config_dir
from hydra.errors import HydraException
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
    composed = _compose(words)
    for key in ("archive", "out"):
        if OmegaConf.is_missing(composed, key) or composed[key] in {"", None}:
            msg = f"{key}= is missing: wanted {key}=FOLDER (--help shows an example)"
            raise ConfigurationError(msg)
    if composed.kernels == "":
        composed.kernels = None
    if isinstance(composed.visits, str):
        composed.visits = [composed.visits]
    schema = OmegaConf.structured(InferSettings)
    _make_writable(schema)
    try:
        settings = OmegaConf.to_object(OmegaConf.merge(schema, composed))
    except OmegaConfBaseException as error:
        msg = f"{error.full_key}: {_first_line(error)}" if error.full_key else _first_line(error)
        raise ConfigurationError(msg) from error
    assert isinstance(settings, InferSettings)
    return settings


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
    return OmegaConf.to_yaml(_compose(words))


def _compose(words: Sequence[str]) -> DictConfig:
    try:
        with initialize_config_dir(config_dir=str(conf_dir()), version_base="1.3"):
            return compose("infer", overrides=[_quote_path(word) for word in words])
    except (HydraException, OmegaConfBaseException) as error:
        raise ConfigurationError(_explain(error)) from error


def _quote_path(word: str) -> str:
    """Let a path hold commas, equal signs and blanks, which Hydra gives a meaning."""
    key, separator, value = word.partition("=")
    if key not in _PATH_KEYS or not separator or value in {"", "null"} or value[0] in "'\"":
        return word
    # A backslash before the closing quote would escape it in Hydra's grammar.
    tail = re.sub(r"(\\+)$", r"\1\1", value.replace("'", "\\'"))
    return f"{key}='{tail}'"


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
    word = re.match(r"Error parsing override '(?P<word>.*)'", first)
    if word:
        return f"{word['word']!r} is no setting: wanted key=value (--help shows examples)"
    return " ".join(str(error).split())
