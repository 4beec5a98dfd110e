"""Judge a model on whole maps."""

from collections.abc import Callable, Sequence

import torch

from hotspots.nets.folder import Model
from hotspots.nets.tiling import predict_probabilities
from hotspots.training.metrics.scores import map_sums
from hotspots.training.metrics.sums import Sums, add_sums
from hotspots.training.store import SampleStore

__all__ = ["judge"]


def judge(
    model: Model,
    store: SampleStore,
    indices: Sequence[int],
    *,
    symmetries: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Sums:
    """Sums of all scores over some maps.

    Parameters
    ----------
    model : Model
    store : SampleStore
        Made for the model's inputs.
    indices : sequence of int
        Maps of the store.
    symmetries : bool
        Take the mean over the eight turns and mirrors of each map.
    progress : callable, optional
        Gets the number of maps done.

    Returns
    -------
    Sums
        For `hotspots.training.metrics.scores.scores`.
    """
    total: Sums = {}
    for done, index in enumerate(indices, start=1):
        stored = store[index]
        probabilities = predict_probabilities(
            model,
            torch.from_numpy(stored.whole.planes),
            torch.from_numpy(stored.whole.present),
            torch.from_numpy(stored.scale),
            symmetries=symmetries,
        )
        sample = stored.sample
        part = map_sums(probabilities.cpu().numpy(), sample.labels, sample.objects)
        total = add_sums([total, part])
        if progress is not None:
            progress(done)
    return total
