"""The running mean of the weights follows, and stays in evaluation mode."""

import torch

from hotspots.nets.build import build_net
from hotspots.nets.spec import NetSpec
from hotspots.training.average import WeightAverage


def nets(decay):
    torch.manual_seed(0)
    net = build_net(NetSpec("tiny", ("m",)))
    return net, WeightAverage(net, decay)


def moved(net, by):
    with torch.no_grad():
        for weight in net.parameters():
            weight.add_(by)


def test_mean_by_hand():
    net, average = nets(0.9)
    before = net.head.bias.detach().clone()
    moved(net, 1.0)
    average.update(net)  # the first step forgets as if only 21 had been: 1/21 is kept
    torch.testing.assert_close(average.net.head.bias, before + 20 / 21)
    for _ in range(500):
        average.update(net)
    torch.testing.assert_close(average.net.head.bias, net.head.bias.detach())


def test_without_memory_it_is_the_network():
    net, average = nets(0.0)
    moved(net, 1.0)
    average.update(net)
    torch.testing.assert_close(average.net.head.bias, net.head.bias.detach())


def test_batch_statistics_follow_and_its_own_never_move():
    net, average = nets(0.5)
    average.train()
    assert not any(module.training for module in average.modules())
    net.train()
    net(3 + torch.randn(2, 1, 16, 16), torch.ones(2, 1), torch.zeros(2, 0))
    average.update(net)
    name = "encoder.0.first_norm.running_var"
    assert not torch.equal(average.net.state_dict()[name], torch.ones(8))
    assert int(average.net.state_dict()["encoder.0.first_norm.num_batches_tracked"]) == 1
