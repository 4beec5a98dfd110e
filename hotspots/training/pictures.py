"""Pictures of what the network says, beside what is true: into files and into the logs."""

from pathlib import Path
from typing import Any

import lightning
import numpy as np
from lightning.pytorch.loggers import TensorBoardLogger
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hotspots.nets.tiling import predict_probabilities
from hotspots.training.datasets import MapSet
from hotspots.training.module import SegmentationModule
from hotspots.training.samples import IGNORED, Sample

__all__ = ["PredictionPictures", "prediction_figure"]

_PERCENTILES = (1.0, 99.7)


class PredictionPictures(lightning.Callback):
    """After each round, draws the first maps that were kept out.

    Parameters
    ----------
    folder : Path
        For the PNG files; made where missing.
    count : int
        Maps.
    """

    def __init__(self, folder: Path, count: int) -> None:
        self.folder = folder
        self.count = count

    def on_validation_epoch_end(self, trainer: lightning.Trainer, module: Any) -> None:
        """Draw."""
        if trainer.sanity_checking or not trainer.is_global_zero:
            return
        assert isinstance(module, SegmentationModule)
        store = module.validation
        maps = MapSet(store, range(min(self.count, len(store))))
        for number in range(len(maps)):
            item = maps[number]
            answer = predict_probabilities(module.model, item.planes, item.present, item.scale)
            sample = store[item.number].sample
            figure = prediction_figure(sample, store.spec.planes[0], answer.cpu().numpy())
            canvas = FigureCanvasAgg(figure)
            canvas.draw()  # type: ignore[no-untyped-call]
            name = sample.name.replace("/", "_")
            self.folder.mkdir(parents=True, exist_ok=True)
            figure.savefig(self.folder / f"step{trainer.global_step:06d}_{name}.png")
            shown: Any = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
            picture = np.asarray(shown)[..., :3]
            for logger in trainer.loggers:
                if isinstance(logger, TensorBoardLogger):
                    logger.experiment.add_image(
                        f"pictures/{name}", picture, trainer.global_step, dataformats="HWC"
                    )


def prediction_figure(sample: Sample, plane: str, probabilities: NDArray[np.floating]) -> Figure:
    """A plane of a map, its labels, and the probability of a source, side by side.

    Parameters
    ----------
    sample : Sample
    plane : str
        Which plane; the first the sample has where it lacks this one.
    probabilities : array (classes, rows, columns)

    Returns
    -------
    matplotlib.figure.Figure
    """
    image = sample.planes.get(plane, next(iter(sample.planes.values())))
    low, high = np.percentile(image, _PERCENTILES)
    truth = np.where(sample.labels == IGNORED, 0.5, sample.labels.astype(float))
    figure = Figure(figsize=(12, 4.2), dpi=100, layout="constrained")
    views = (
        (plane, image, low, max(high, low + 1e-6), "gray"),
        ("truth (grey: ignored)", truth, 0, len(probabilities) - 1, "gray"),
        ("probability of a source", 1 - probabilities[0], 0, 1, "magma"),
    )
    for axes, (title, values, least, most, colours) in zip(
        figure.subplots(1, 3), views, strict=True
    ):
        axes.imshow(values, vmin=least, vmax=most, cmap=colours, interpolation="nearest")
        axes.set_title(title)
        axes.set_axis_off()
    figure.suptitle(sample.name)
    return figure
