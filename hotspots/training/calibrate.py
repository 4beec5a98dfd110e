"""Fit what turns logits into probabilities, on maps that were kept out of training."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize
from torch import Tensor
from torch.nn import functional

from hotspots.nets.calibration import Calibration
from hotspots.nets.net import Net
from hotspots.nets.tiling import predict_logits
from hotspots.training.samples import IGNORED
from hotspots.training.store import SampleStore, StoredSample

__all__ = ["fit_calibration"]

_PLAIN_FRACTION = 0.02
_INTERESTING = 1e-3
_HOLD = 1e-6
_LOG_GAINS = (-3.0, 3.0)
_OFFSETS = (-10.0, 10.0)
_LEAST_SOURCE_CELLS = 50


def fit_calibration(net: Net, store: SampleStore, indices: Sequence[int], seed: int) -> Calibration:
    """Gains and offsets with the least cross entropy over the cells of some maps.

    Cells that are plainly background are thinned out and weighted up for it.

    Parameters
    ----------
    net : Net
        In evaluation mode.
    store : SampleStore
    indices : sequence of int
        Maps of the store.
    seed : int
        Of the thinning.

    Returns
    -------
    Calibration
        One that changes nothing where some class has fewer than 50 cells: a fit to so few
        would be worse than none.
    """
    rng = np.random.default_rng(seed)
    parts = [_cells(net, store[index], rng) for index in indices]
    logits, labels, weights = (torch.cat(group) for group in zip(*parts, strict=True))
    classes = len(net.spec.classes)
    if torch.bincount(labels, minlength=classes).min() < _LEAST_SOURCE_CELLS:
        return Calibration.identity(classes)
    given = logits.double(), labels, weights.double() / weights.sum()
    found = minimize(
        _objective,
        np.zeros(2 * classes),
        args=given,
        jac=True,
        method="L-BFGS-B",
        bounds=[_LOG_GAINS] * classes + [_OFFSETS] * classes,
    )
    gains, offsets = np.exp(found.x[:classes]), found.x[classes:]
    return Calibration(tuple(gains.tolist()), tuple(offsets.tolist()))


def _objective(
    numbers: NDArray[np.float64], logits: Tensor, labels: Tensor, weights: Tensor
) -> tuple[float, NDArray[np.float64]]:
    """Weighted cross entropy and its gradient by log gains and offsets."""
    leaf = torch.from_numpy(numbers).requires_grad_()
    log_gains, offsets = leaf.chunk(2)
    scaled = log_gains.exp() * logits + offsets
    loss = (weights * functional.cross_entropy(scaled, labels, reduction="none")).sum()
    # Only differences between classes matter; this holds what does not.
    loss = loss + _HOLD * numbers.size * leaf.square().mean()
    (gradient,) = torch.autograd.grad(loss, leaf)
    return float(loss.detach()), gradient.numpy()


def _cells(
    net: Net, stored: StoredSample, rng: np.random.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Logits (cells, classes), labels and weights of the cells that are used of one map."""
    whole = stored.whole
    logits = predict_logits(
        net,
        torch.from_numpy(whole.planes),
        torch.from_numpy(whole.present),
        torch.from_numpy(stored.scale),
    ).float()
    labels = torch.from_numpy(np.ascontiguousarray(whole.labels)).long()
    background = torch.softmax(logits, dim=0)[0]
    plain = (labels == 0) & (background > 1 - _INTERESTING)
    lucky = torch.from_numpy(rng.random(labels.shape) < _PLAIN_FRACTION)
    used = (labels != IGNORED) & (~plain | lucky)
    weights = torch.where(plain, 1 / _PLAIN_FRACTION, 1.0)[used]
    return logits.movedim(0, -1)[used].clone(), labels[used], weights
