"""What is written about a training: scores, sums, and what they were made with."""

import json
import math
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import lightning
import numpy as np
import torch

from hotspots import __version__
from hotspots.errors import ProductError, SampleError
from hotspots.training.metrics.sums import Sums

__all__ = ["machine", "read_sums", "write_json", "write_sums"]


def machine() -> dict[str, Any]:
    """What the figures were made on and with."""
    accelerator = torch.cuda.get_device_name() if torch.cuda.is_available() else "none"
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "threads": torch.get_num_threads(),
        "accelerator": accelerator,
        "python": platform.python_version(),
        "torch": str(torch.__version__),
        "lightning": str(lightning.__version__),
        "hotspots": __version__,
    }


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a mapping; numbers that are none become null.

    Raises
    ------
    ProductError
        If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(_plain(content), indent=2, ensure_ascii=False)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        msg = f"{path}: cannot be written: {error}"
        raise ProductError(msg) from error


def write_sums(path: Path, sums: Sums) -> None:
    """Write the sums of scores, so that folds can be pooled later."""
    write_json(path, {name: values.tolist() for name, values in sums.items()})


def read_sums(path: Path) -> Sums:
    """Read what `write_sums` wrote.

    Raises
    ------
    SampleError
        If it cannot be read.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {name: np.array(values, np.float64) for name, values in content.items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        msg = f"{path}: no sums of scores ({error}); delete it and judge again"
        raise SampleError(msg) from error


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value


def _processor() -> str:
    """Name of the processor; Linux says it best."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
