"""What a network reads and answers cannot be stated wrongly."""

import pytest

from hotspots.errors import ModelError
from hotspots.nets.spec import NetSpec


def test_lists_become_tuples_and_come_back_as_lists():
    spec = NetSpec("tiny", ["m", "l"], ["log_km_per_px"], ["background", "hotspot"])
    assert spec.planes == ("m", "l")
    assert spec == NetSpec(**spec.as_dict())
    assert spec.as_dict()["scales"] == ["log_km_per_px"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"planes": ()},
        {"planes": ("m", "m")},
        {"planes": ("m", "")},
        {"planes": ("m", 3)},
        {"planes": ("m",), "classes": ("background",)},
        {"planes": ("m",), "scales": ("s", "s")},
    ],
)
def test_wrong_names_are_refused(wrong):
    with pytest.raises(ModelError, match="wanted"):
        NetSpec("tiny", **wrong)
