"""A model as an ONNX file, for programs without torch.  Needs the extra ``onnx``.

The file takes ``planes`` (1, planes, h, w), ``present`` (1, planes) and ``scale``
(1, scales), all float32, and gives ``probabilities`` (1, classes, h, w): the network and its
calibration.  Height and width are free.
"""

import importlib.util
import warnings
from pathlib import Path

import torch
from torch import Tensor, nn

from hotspots.errors import ModelError
from hotspots.nets.folder import Model

__all__ = ["export_onnx"]

_OPSET = 18
_STRIDES = 3


class _Calibrated(nn.Module):
    """Network and calibration in one."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self.net = model.net
        self.calibration = model.calibration

    def forward(self, planes: Tensor, present: Tensor, scale: Tensor) -> Tensor:
        return self.calibration.probabilities(self.net(planes, present, scale))


def export_onnx(model: Model, path: Path) -> None:
    """Write a model as an ONNX file with its weights inside.

    Parameters
    ----------
    model : Model
        On the CPU, in evaluation mode.
    path : Path

    Raises
    ------
    ModelError
        If the extra is not installed or the file cannot be written.
    """
    for package in ("onnx", "onnxscript"):
        if importlib.util.find_spec(package) is None:
            msg = f"{package} is not installed: pip install 'hotspots[onnx]'"
            raise ModelError(msg)
    spec = model.spec
    # Not a multiple of the stride and not square, so that nothing is taken for a constant.
    height, width = _STRIDES * model.net.stride + 1, (_STRIDES + 1) * model.net.stride + 3
    example = (
        torch.zeros(1, len(spec.planes), height, width),
        torch.ones(1, len(spec.planes)),
        torch.zeros(1, len(spec.scales)),
    )
    size = {2: torch.export.Dim.DYNAMIC, 3: torch.export.Dim.DYNAMIC}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the exporter's own deprecations
            program = torch.onnx.export(
                _Calibrated(model).eval(),
                example,
                dynamo=True,
                opset_version=_OPSET,
                input_names=["planes", "present", "scale"],
                output_names=["probabilities"],
                dynamic_shapes={"planes": size, "present": None, "scale": None},
                verbose=False,
            )
            assert program is not None
            path.parent.mkdir(parents=True, exist_ok=True)
            program.save(path, external_data=False)
    except (OSError, torch.onnx.errors.OnnxExporterError) as error:
        msg = f"{path}: the model cannot be exported: {error}"
        raise ModelError(msg) from error
