"""The U-Net: any size, a stated reach, flags and scales that matter, weights counted."""

import pytest
import torch

from hotspots.errors import ModelError
from hotspots.nets.blocks import Conditioner
from hotspots.nets.build import build_net, net_names
from hotspots.nets.spec import NetSpec
from tests.nets.made_nets import drawn_inputs, made_net

SPEC = {"planes": ("m", "l"), "scales": ("log_km_per_px",)}


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("tiny", 0.1e6, 0.15e6), ("small", 0.45e6, 0.55e6), ("base", 1.8e6, 2.0e6)],
)
def test_number_of_weights(name, least, most):
    assert (
        least
        < sum(weight.numel() for weight in build_net(NetSpec(name, **SPEC)).parameters())
        < most
    )


def test_unknown_name_lists_the_known_ones():
    assert net_names() == ("base", "small", "tiny")
    with pytest.raises(ModelError, match="base, small, tiny"):
        build_net(NetSpec("huge", **SPEC))


@pytest.mark.parametrize("shape", [(1, 1), (7, 30), (33, 64)])
def test_any_size_gives_logits_of_that_size(shape):
    net = made_net()
    planes, present, scale = drawn_inputs(net, *shape)
    logits = net(planes[None], present[None], scale[None])
    assert logits.shape == (1, 3, *shape)
    assert torch.isfinite(logits).all()


@pytest.mark.parametrize("name", ["tiny", "base"])
def test_cells_beyond_the_receptive_radius_change_nothing(name):
    net = made_net(name)
    reach = net.receptive_radius
    size = 2 * (reach + net.stride) + 1
    centre = size // 2
    planes, present, scale = drawn_inputs(net, size, size)
    far = planes.clone()
    rows = torch.arange(size)[:, None]
    columns = torch.arange(size)[None]
    beyond = torch.maximum((rows - centre).abs(), (columns - centre).abs()) > reach
    far[:, beyond] += 100
    with torch.inference_mode():
        first, second = (net(p[None], present[None], scale[None]) for p in (planes, far))
    torch.testing.assert_close(first[..., centre, centre], second[..., centre, centre])
    assert (first - second).abs().max() > 1  # the change was not lost altogether


def test_flag_and_scale_change_the_answer():
    net = made_net()
    planes, present, scale = drawn_inputs(net, 16, 16)
    with torch.inference_mode():
        answer = net(planes[None], present[None], scale[None])
        without = net(planes[None], torch.tensor([[1.0, 0.0]]), scale[None])
        coarser = net(planes[None], present[None], scale[None] + 1)
    assert (answer - without).abs().max() > 1e-4
    assert (answer - coarser).abs().max() > 1e-4


def test_each_map_of_a_batch_has_its_own_scale():
    net = made_net()
    planes, present, scale = drawn_inputs(net, 16, 16)
    scales = torch.stack([scale, scale + 1])
    with torch.inference_mode():
        both = net(planes.expand(2, -1, -1, -1), present.expand(2, -1), scales)
        alone = [net(planes[None], present[None], each[None])[0] for each in scales]
    torch.testing.assert_close(both, torch.stack(alone), rtol=1e-4, atol=1e-5)


def test_fresh_network_calls_one_cell_in_a_hundred():
    torch.manual_seed(0)
    net = build_net(NetSpec("tiny", **SPEC))
    planes = torch.randn(4, 2, 32, 32)
    probabilities = torch.softmax(net(planes, torch.ones(4, 2), torch.zeros(4, 1)), dim=1)
    assert 0.001 < float(probabilities[:, 1].detach().median()) < 0.1


def test_fresh_conditioner_changes_nothing():
    modulations = Conditioner(3, [4, 8])(torch.randn(2, 3))
    assert [gain.shape for gain, _ in modulations] == [(2, 4, 1, 1), (2, 8, 1, 1)]
    assert all((gain == 1).all() and (offset == 0).all() for gain, offset in modulations)
