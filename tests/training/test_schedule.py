"""The learning rate rises, falls as its name says, and is never nil."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from hotspots.training.schedule import learning_rate_factor

NAMES = st.sampled_from(["cosine", "one_cycle", "constant"])


@given(NAMES, st.integers(1, 500), st.floats(0, 1), st.integers(0, 600))
def test_always_between_nil_and_one(name, steps, warmup, step):
    assert 0 < learning_rate_factor(step, steps, warmup, name) <= 1


@pytest.mark.parametrize("name", ["cosine", "one_cycle", "constant"])
def test_up_and_then_never_up_again(name):
    factors = [learning_rate_factor(step, 100, 0.2, name) for step in range(120)]
    assert factors[:20] == sorted(factors[:20])
    assert factors[20:] == sorted(factors[20:], reverse=True)
    assert max(factors) == pytest.approx(1)
    assert factors[-1] == pytest.approx(1 if name == "constant" else 0.001)


def test_way_down_is_that_of_torch():
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([weight], lr=1.0)
    oracle = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 80, eta_min=0.001)
    for step in range(20, 100):
        factor = learning_rate_factor(step, 100, 0.2, "cosine")
        assert factor == pytest.approx(oracle.get_last_lr()[0], abs=1e-6)
        optimizer.step()
        oracle.step()
