"""Released models are found by their names."""

import pytest

from hotspots.errors import ModelError
from hotspots.nets.folder import load_model
from hotspots.nets.inputs import PLANES, SCALES
from hotspots.nets.released import released_model


def test_an_unknown_model_is_refused_with_the_list():
    with pytest.raises(ModelError, match="nothing-like-it"):
        released_model("nothing-like-it")


def test_the_released_network_reads_what_the_program_makes_and_is_small():
    folder = released_model("io-hotspots")
    spec = load_model(folder).spec
    assert set(spec.planes) <= set(PLANES)
    assert set(spec.scales) <= set(SCALES)
    assert spec.classes == ("background", "hotspot", "lava_lake")
    assert (folder / "weights.safetensors").stat().st_size < 10_000_000
