"""Checkpoints that run no code when they are read: safetensors for numbers, YAML for the rest.

Lightning's own checkpoints are pickles.  Here a checkpoint is a folder; the tree of
dictionaries and lists that Lightning hands over goes into ``state.yaml``, in which each
tensor is replaced by its name in ``tensors.safetensors``.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
import yaml
from lightning.pytorch.plugins.io import CheckpointIO
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from hotspots.errors import ModelError

__all__ = ["SafeCheckpoints"]

_TENSORS = "tensors.safetensors"
_STATE = "state.yaml"
_TENSOR_KEY = "tensor:"
_TUPLE_KEY = "tuple:"

Tensors = dict[str, torch.Tensor]


class SafeCheckpoints(CheckpointIO):
    """Reads and writes checkpoint folders; the trainer calls it."""

    def save_checkpoint(
        self,
        checkpoint: dict[str, Any],
        path: str | os.PathLike[str],
        storage_options: Any | None = None,
    ) -> None:
        """Write a checkpoint, whole or not at all.

        Parameters
        ----------
        checkpoint : dict
            Tree of dictionaries, lists, tuples, tensors, numbers, words and None.
        path : path
            Folder, replaced where it exists.
        storage_options : None

        Raises
        ------
        ModelError
            If it holds anything else, or cannot be written.
        """
        if storage_options is not None:
            msg = f"storage_options={storage_options!r}: wanted None"
            raise ModelError(msg)
        tensors: Tensors = {}
        tree = _without_tensors(checkpoint, "", tensors)
        folder = Path(path)
        part = folder.with_name(f".{folder.name}.part")
        try:
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            save_file(tensors, part / _TENSORS)
            text = yaml.safe_dump(tree, sort_keys=False)
            (part / _STATE).write_text(text, encoding="utf-8")
            shutil.rmtree(folder, ignore_errors=True)
            part.rename(folder)
        except (OSError, SafetensorError, yaml.YAMLError) as error:
            msg = f"{folder}: the checkpoint cannot be written: {error}"
            raise ModelError(msg) from error

    def load_checkpoint(
        self,
        path: str | os.PathLike[str],
        map_location: Any | None = None,  # noqa: ARG002
        weights_only: bool | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        """Read a checkpoint folder; all tensors are on the CPU.

        Parameters
        ----------
        path : path
        map_location, weights_only
            Ignored: nothing but numbers and words can be in it.

        Raises
        ------
        ModelError
            If it is missing or damaged.
        """
        folder = Path(path)
        try:
            tree = yaml.safe_load((folder / _STATE).read_text(encoding="utf-8"))
            tensors = load_file(folder / _TENSORS)
            restored = _with_tensors(tree, tensors)
        except (OSError, KeyError, SafetensorError, UnicodeDecodeError, yaml.YAMLError) as error:
            msg = f"{folder}: not a readable checkpoint: {error}"
            raise ModelError(msg) from error
        if not isinstance(restored, dict):
            msg = f"{folder / _STATE}: not the state of a training"
            raise ModelError(msg)
        return restored

    def remove_checkpoint(self, path: str | os.PathLike[str]) -> None:
        """Delete a checkpoint folder, if it is there."""
        shutil.rmtree(path, ignore_errors=True)


def _without_tensors(node: Any, name: str, tensors: Tensors) -> Any:
    """Plain tree; tensors go into ``tensors`` under their places in the tree."""
    if isinstance(node, torch.Tensor):
        # A copy, because weights may share memory, which the format refuses.
        tensors[name] = node.detach().cpu().clone(memory_format=torch.contiguous_format)
        return {_TENSOR_KEY: name}
    if isinstance(node, Mapping):
        return {key: _without_tensors(node[key], f"{name}/{key}", tensors) for key in node}
    if isinstance(node, list | tuple):
        items = [_without_tensors(item, f"{name}/{i}", tensors) for i, item in enumerate(node)]
        return items if isinstance(node, list) else {_TUPLE_KEY: items}
    if isinstance(node, np.generic):
        return node.item()
    if node is None or type(node) in {bool, int, float, str}:
        return node
    msg = f"{name}: a {type(node).__name__} cannot be kept in a checkpoint without pickle"
    raise ModelError(msg)


def _with_tensors(node: Any, tensors: Tensors) -> Any:
    if isinstance(node, list):
        return [_with_tensors(item, tensors) for item in node]
    if not isinstance(node, dict):
        return node
    if set(node) == {_TENSOR_KEY}:
        return tensors[node[_TENSOR_KEY]]
    if set(node) == {_TUPLE_KEY}:
        return tuple(_with_tensors(item, tensors) for item in node[_TUPLE_KEY])
    return {key: _with_tensors(item, tensors) for key, item in node.items()}
