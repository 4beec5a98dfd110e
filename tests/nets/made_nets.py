"""Small networks with weights that make every input matter."""

import torch

from hotspots.nets.build import build_net
from hotspots.nets.net import Net
from hotspots.nets.spec import NetSpec


def made_net(
    name: str = "tiny", planes=("m", "l"), scales=("log_km_per_px",), seed: int = 0
) -> Net:
    """Network in evaluation mode whose weights and batch statistics are all drawn."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        net = build_net(NetSpec(name, planes, scales))
        with torch.no_grad():
            for weight in net.parameters():
                weight.add_(0.05 * torch.randn_like(weight))
            for name_of, values in net.named_buffers():
                if name_of.endswith("running_mean"):
                    values.add_(0.1 * torch.randn_like(values))
    return net.eval()


def drawn_inputs(net: Net, height: int, width: int, seed: int = 1):
    """Planes (planes, h, w), flags (planes,) and numbers (scales,) for a network."""
    generator = torch.Generator().manual_seed(seed)
    planes = torch.randn(len(net.spec.planes), height, width, generator=generator)
    return (
        planes,
        torch.ones(len(net.spec.planes)),
        torch.randn(len(net.spec.scales), generator=generator),
    )
