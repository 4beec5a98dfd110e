"""Every model that is shipped can be used, is small, and has its card and figures."""

import json
from pathlib import Path

import pytest

from hotspots.nets.folder import load_model

MODELS = sorted(path.parent for path in (Path(__file__).parents[2] / "models").glob("*/model.yaml"))


@pytest.mark.parametrize("folder", MODELS, ids=lambda folder: folder.name)
def test_shipped_model_loads_is_small_and_explains_itself(folder):
    assert not load_model(folder).net.training
    assert (folder / "weights.safetensors").stat().st_size < 10_000_000
    assert json.loads((folder / "metrics.json").read_text())
    assert (folder / "README.md").is_file()
