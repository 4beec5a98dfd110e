"""Checks that settings share; the message names the setting, what it is and what it may be."""

from typing import Any

from hotspots.errors import ConfigurationError

__all__ = ["require_positive", "require_within"]


def require_positive(settings: Any, *names: str) -> None:
    """Raise `ConfigurationError` unless all the settings called ``names`` are above zero."""
    for name in names:
        value = getattr(settings, name)
        if not value > 0:
            msg = f"{name}={value}: wanted a number above zero"
            raise ConfigurationError(msg)


def require_within(settings: Any, low: float, high: float, *names: str) -> None:
    """Raise `ConfigurationError` unless the settings are from ``low`` to ``high``."""
    for name in names:
        value = getattr(settings, name)
        if not low <= value <= high:
            msg = f"{name}={value}: wanted a number from {low:g} to {high:g}"
            raise ConfigurationError(msg)
