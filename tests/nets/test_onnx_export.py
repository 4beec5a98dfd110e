"""The ONNX file answers as the model does, at any size."""

import numpy as np
import pytest
import torch

from hotspots.errors import ModelError
from hotspots.nets import onnx_export
from hotspots.nets.calibration import Calibration
from hotspots.nets.folder import Model
from tests.nets.made_nets import drawn_inputs, made_net


def test_file_agrees_with_torch(tmp_path):
    pytest.importorskip("onnxscript", reason="needs the extra onnx")
    onnxruntime = pytest.importorskip("onnxruntime", reason="needs the extra onnx")
    net = made_net()
    model = Model(net, Calibration((1.0, 1.3, 0.8), (0.0, 0.2, -0.3)))
    onnx_export.export_onnx(model, tmp_path / "model.onnx")
    session = onnxruntime.InferenceSession(tmp_path / "model.onnx")
    for shape in ((5, 3), (32, 48)):
        inputs = [tensor[None] for tensor in drawn_inputs(net, *shape)]
        with torch.inference_mode():
            wanted = model.calibration.probabilities(net(*inputs))
        fed = zip(
            ("planes", "present", "scale"), (tensor.numpy() for tensor in inputs), strict=True
        )
        (answer,) = session.run(["probabilities"], dict(fed))
        np.testing.assert_allclose(answer, wanted.numpy(), atol=1e-5)


def test_missing_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(onnx_export.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match=r"pip install 'hotspots\[onnx\]'"):
        onnx_export.export_onnx(Model(made_net(), Calibration.identity(3)), tmp_path / "a.onnx")
