"""One step of learning and one look at a map, as Lightning asks for them."""

from typing import Any

import lightning
import numpy as np
import torch
from torch import Tensor

from hotspots.config.training import LossSettings, OptimSettings
from hotspots.nets.calibration import Calibration
from hotspots.nets.folder import Model
from hotspots.nets.net import Net
from hotspots.nets.tiling import predict_probabilities
from hotspots.training.average import WeightAverage
from hotspots.training.datasets import NO_MAP, CropBatch, MapItem
from hotspots.training.losses import make_loss
from hotspots.training.metrics.scores import map_sums, no_sums, scores
from hotspots.training.metrics.sums import Sums, add_sums
from hotspots.training.schedule import learning_rate_factor
from hotspots.training.store import SampleStore

__all__ = ["SegmentationModule"]

# What the bar and the checkpoints look at; everything goes to the logs.
SHOWN = ("iou", "pd", "fa")


class SegmentationModule(lightning.LightningModule):
    """A network that learns, and the mean of its weights that is judged and kept.

    Parameters
    ----------
    net : Net
    loss, optim : LossSettings, OptimSettings
    steps : int
        Of the whole training.
    validation : SampleStore
        Truth of the maps that come by index.
    symmetries : bool
        Judge with the mean over turns and mirrors.
    """

    def __init__(
        self,
        net: Net,
        loss: LossSettings,
        optim: OptimSettings,
        steps: int,
        validation: SampleStore,
        *,
        symmetries: bool = False,
    ) -> None:
        super().__init__()
        self.net = net
        self.average = WeightAverage(net, optim.average_decay)
        self.optim = optim
        self.steps = steps
        self.validation = validation
        self.symmetries = symmetries
        self.scores: dict[str, float] = {}
        self.sums: Sums = {}
        self._loss = make_loss(loss, len(net.spec.classes))
        self._sums: list[Sums] = []

    @property
    def model(self) -> Model:
        """The mean network, not calibrated yet."""
        return Model(self.average.net, Calibration.identity(len(self.net.spec.classes)))

    def training_step(self, batch: CropBatch, number: int) -> Tensor:  # noqa: ARG002
        """Loss of a batch of crops."""
        logits = self.net(batch.planes, batch.present, batch.scale)
        loss = self._loss(logits, batch.labels)
        crops = len(batch.planes)
        self.log("train/loss", loss, prog_bar=True, on_step=True, on_epoch=True, batch_size=crops)
        return loss

    def on_train_batch_end(self, *_: Any) -> None:
        """Let the mean follow."""
        self.average.update(self.net)

    def on_validation_epoch_start(self) -> None:
        """Forget the sums of the round before."""
        self._sums = []

    def validation_step(self, item: MapItem, number: int) -> None:  # noqa: ARG002
        """Add up the sums of one map."""
        if item.number == NO_MAP:
            return
        probabilities = predict_probabilities(
            self.model, item.planes, item.present, item.scale, symmetries=self.symmetries
        )
        sample = self.validation[item.number].sample
        answer = probabilities.float().cpu().numpy()
        self._sums.append(map_sums(answer, sample.labels, sample.objects))

    def on_validation_epoch_end(self) -> None:
        """Scores of all maps, on all devices."""
        self.sums = self._over_devices(add_sums([no_sums(len(self.net.spec.classes)), *self._sums]))
        self.scores = scores(self.sums, self.net.spec.classes)
        for name, value in self.scores.items():
            if np.isfinite(value):
                self.log(f"val/{name}", value, prog_bar=name in SHOWN, rank_zero_only=True)

    def configure_optimizers(self) -> Any:
        """AdamW; weights that only shift or scale are not decayed."""
        decayed: list[Tensor] = []
        free: list[Tensor] = []
        for weight in self.net.parameters():
            (decayed if weight.ndim > 1 else free).append(weight)
        optimizer = torch.optim.AdamW(
            [
                {"params": decayed, "weight_decay": self.optim.weight_decay},
                {"params": free, "weight_decay": 0.0},
            ],
            lr=self.optim.learning_rate,
        )

        def factor(step: int) -> float:
            return learning_rate_factor(
                step, self.steps, self.optim.warmup_fraction, self.optim.schedule
            )

        scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)
        return {
            "optimizer": optimizer,
            "lr_scheduler": {"scheduler": scheduler, "interval": "step"},
        }

    def _over_devices(self, sums: Sums) -> Sums:
        if self.trainer.world_size == 1:
            return sums
        parts: dict[str, Any] = {}
        for name, values in sums.items():
            mine = torch.as_tensor(values, device=self.device, dtype=torch.float64)
            everyone = self.trainer.strategy.reduce(mine, reduce_op="sum")
            assert isinstance(everyone, Tensor)
            parts[name] = everyone.cpu().numpy()
        return parts
