"""How fast crops are cut, networks learn from them and judge a map: one thread, CPU time.

The map has fifteen planes of random numbers, as many as the detector's network reads; the
numbers do not change the work.

    python benchmarks/training_throughput.py
"""

import json
import platform
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median

import numpy as np
import torch

from hotspots.config.training import DataSettings, LossSettings
from hotspots.nets.build import build_net, net_names
from hotspots.nets.spec import NetSpec
from hotspots.nets.tiling import predict_logits
from hotspots.training.datasets import CropBatch, CropSet, join_crops
from hotspots.training.losses import make_loss
from hotspots.training.results import machine
from hotspots.training.samples import OBJECT_FIELDS, Sample
from hotspots.training.sources import Source
from hotspots.training.store import SampleStore

RESULTS = Path(__file__).parent / "results"
PLANES = tuple(f"plane{number:02d}" for number in range(15))
SCALES = ("log_km_per_px",)
SIDE = 512
CROP = 96
BATCH = 32
ROUNDS = 5


def seconds(function: Callable[[], object]) -> float:
    """Processor time of one call: what other programs take does not count."""
    function()
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return median(times)


def made_map() -> Sample:
    """Map with forty sources."""
    random = np.random.default_rng(0)
    objects = np.zeros(40, OBJECT_FIELDS)
    objects["row"], objects["column"] = random.uniform(5, SIDE - 5, (2, 40))
    objects["class"] = 1
    objects["asked"] = True
    labels = np.zeros((SIDE, SIDE), np.uint8)
    labels[objects["row"].astype(int), objects["column"].astype(int)] = 1
    planes = {name: random.normal(0, 1, (SIDE, SIDE)).astype(np.float32) for name in PLANES}
    return Sample("PJ00/a", planes, {"log_km_per_px": 0.5}, labels, objects)


def measure(name: str, batch: CropBatch) -> dict[str, float]:
    """Speeds of one network."""
    net = build_net(NetSpec(name, PLANES, SCALES))
    loss = make_loss(LossSettings(terms={"focal": 20.0, "dice": 1.0}), len(net.spec.classes))
    optimizer = torch.optim.AdamW(net.parameters())

    def step() -> None:
        optimizer.zero_grad()
        loss(net(batch.planes, batch.present, batch.scale), batch.labels).backward()
        optimizer.step()

    training = seconds(step)
    net.eval()
    planes = torch.randn(len(PLANES), SIDE, SIDE)
    judging = seconds(lambda: predict_logits(net, planes, torch.ones(len(PLANES)), torch.zeros(1)))
    return {
        "weights": sum(weight.numel() for weight in net.parameters()),
        "crops_per_s": BATCH / training,
        "judged_megacells_per_s": SIDE**2 / judging / 1e6,
    }


def main() -> None:
    """Measure, print and keep."""
    torch.set_num_threads(1)
    spec = NetSpec("tiny", PLANES, SCALES)
    sample = made_map()
    store = SampleStore([Source(sample.name, lambda: sample)], spec, 1000)
    settings = DataSettings(
        crop_cells=CROP,
        batch_size=BATCH,
        crops_per_map=8,
        droppable=["plane1?"],
        drop_probability=0.2,
    )
    crops = CropSet(store, settings, BATCH // 8, 0)

    def draw() -> CropBatch:
        return join_crops([crops[0, number] for number in range(BATCH // 8)])

    drawing = seconds(draw)
    results = {name: measure(name, draw()) for name in net_names()}
    content = {
        "what": f"crops of {CROP} cells, {len(PLANES)} planes, batches of {BATCH}; "
        f"maps of {SIDE} cells judged; CPU time, one thread",
        "rounds": ROUNDS,
        "machine": {key: machine()[key] for key in ("processor", "cores")},
        "versions": {
            "python": platform.python_version(),
            **{package: version(package) for package in ("numpy", "torch")},
        },
        "crops_cut_per_s": BATCH / drawing,
        "nets": results,
    }
    print(json.dumps(content, indent=2))
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / "training_throughput.json"
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
