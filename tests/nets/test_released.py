"""Released models are found by their names."""

import pytest

from hotspots.errors import ModelError
from hotspots.nets.released import released_model


def test_an_unknown_model_is_refused_with_the_list():
    with pytest.raises(ModelError, match="nothing-like-it"):
        released_model("nothing-like-it")
