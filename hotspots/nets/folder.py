"""A model as a folder: ``weights.safetensors`` and ``model.yaml``.  Loading one runs no code.

The YAML says which network it is, what it reads and answers, how its logits become
probabilities, and whatever its maker noted (training data, recipe, version).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from safetensors import SafetensorError
from safetensors.torch import load_file, save
from torch import Tensor

from hotspots.errors import ModelError
from hotspots.nets.build import build_net
from hotspots.nets.calibration import Calibration
from hotspots.nets.net import Net
from hotspots.nets.spec import NetSpec

__all__ = ["Model", "load_model", "save_model"]

WEIGHTS = "weights.safetensors"
DESCRIPTION = "model.yaml"

_FORMAT = 1


@dataclass(frozen=True)
class Model:
    """A trained network and what is needed to use it.

    Parameters
    ----------
    net : Net
    calibration : Calibration
        Of its logits.
    notes : mapping
        Plain values for people and provenance; no program depends on them.
    """

    net: Net
    calibration: Calibration
    notes: Mapping[str, Any] = field(default_factory=dict)

    @property
    def spec(self) -> NetSpec:
        """Inputs and outputs of the network."""
        return self.net.spec


def save_model(folder: Path, model: Model) -> None:
    """Write a model folder, over an older one of that name.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.
    model : Model

    Raises
    ------
    ModelError
        If it cannot be written.
    """
    description = {
        "format": _FORMAT,
        "spec": model.spec.as_dict(),
        "calibration": model.calibration.as_dict(),
        "notes": dict(model.notes),
    }
    state = {name: tensor.contiguous() for name, tensor in model.net.state_dict().items()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / WEIGHTS).write_bytes(save(state))
        text = yaml.safe_dump(description, sort_keys=False, allow_unicode=True)
        (folder / DESCRIPTION).write_text(text, encoding="utf-8")
    except (OSError, SafetensorError, yaml.YAMLError) as error:
        msg = f"{folder}: the model cannot be written: {error}"
        raise ModelError(msg) from error


def load_model(folder: Path) -> Model:
    """Read a model folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Model
        The network on the CPU, in evaluation mode.

    Raises
    ------
    ModelError
        If a file is missing or damaged, or the weights are not those of the network that
        ``model.yaml`` names.
    """
    description = _read_description(folder / DESCRIPTION)
    try:
        spec = NetSpec(**description["spec"])
        calibration = Calibration(**description["calibration"])
    except (KeyError, TypeError, ValueError) as error:
        msg = f"{folder / DESCRIPTION}: wanted spec and calibration of a model: {error}"
        raise ModelError(msg) from error
    if len(calibration.gains) != len(spec.classes):
        msg = f"{folder / DESCRIPTION}: {len(calibration.gains)} gains, {len(spec.classes)} classes"
        raise ModelError(msg)
    net = build_net(spec)
    try:
        net.load_state_dict(_read_weights(folder / WEIGHTS))
    except RuntimeError as error:
        msg = f"{folder / WEIGHTS}: not the weights of net {spec.name!r}: {error}"
        raise ModelError(msg) from error
    return Model(net.eval(), calibration, description.get("notes") or {})


def _read_description(path: Path) -> dict[str, Any]:
    try:
        description = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        msg = f"{path}: not the description of a model: {error}"
        raise ModelError(msg) from error
    if not isinstance(description, dict) or description.get("format") != _FORMAT:
        msg = f"{path}: wanted the description of a model with format: {_FORMAT}"
        raise ModelError(msg)
    return description


def _read_weights(path: Path) -> dict[str, Tensor]:
    try:
        return load_file(path)
    except (OSError, SafetensorError) as error:
        msg = f"{path}: not a file of weights: {error}"
        raise ModelError(msg) from error
