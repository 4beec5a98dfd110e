"""What training makes small: terms by name, and their weighted sum.

Sources cover a few cells in ten thousand.  Terms that count cells (cross entropy, focal)
keep probabilities honest but are ruled by the background; terms that compare areas (Dice,
Tversky, soft intersection over union) ask for the sources and care nothing for
probabilities.  A sum of one of each is the usual choice; which, is a matter of trial.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from hotspots.config.training import LossSettings
from hotspots.errors import ConfigurationError
from hotspots.training.samples import IGNORED

__all__ = ["LossInput", "loss_names", "make_loss", "register"]

_SMOOTH = 1.0


@dataclass(frozen=True)
class LossInput:
    """What every term may use; cells in a row, ignored ones left out.

    Parameters
    ----------
    logarithms : Tensor, (cells, classes) float32
        Logarithms of the probabilities.
    labels : Tensor, (cells,) int64
    weights : Tensor, (classes,) float32
        Of the classes, in the terms that count cells.
    settings : LossSettings
    """

    logarithms: Tensor
    labels: Tensor
    weights: Tensor
    settings: LossSettings


Term = Callable[[LossInput], Tensor]

_TERMS: dict[str, Term] = {}


def register(name: str) -> Callable[[Term], Term]:
    """Decorator: enter a term under ``name``."""

    def enter(term: Term) -> Term:
        _TERMS[name] = term
        return term

    return enter


def loss_names() -> tuple[str, ...]:
    """Names of all terms, sorted."""
    return tuple(sorted(_TERMS))


def make_loss(settings: LossSettings, classes: int) -> Callable[[Tensor, Tensor], Tensor]:
    """Loss of a batch.

    Parameters
    ----------
    settings : LossSettings
    classes : int
        Of the network.

    Returns
    -------
    callable
        ``(logits (n, classes, h, w) float, labels (n, h, w) uint8) -> Tensor ()``; zero for
        a batch in which every cell is ignored.

    Raises
    ------
    ConfigurationError
        If there are no terms, one is unknown, or there are not as many class weights as
        classes.
    """
    unknown = sorted(set(settings.terms) - set(_TERMS))
    if unknown or not settings.terms:
        known = ", ".join(loss_names())
        msg = f"loss.terms={settings.terms}: wanted names and weights; choose from {known}"
        raise ConfigurationError(msg)
    weights = torch.tensor(settings.class_weights or [1.0] * classes)
    if len(weights) != classes:
        msg = f"loss.class_weights={settings.class_weights}: wanted {classes} of them"
        raise ConfigurationError(msg)

    def loss(logits: Tensor, labels: Tensor) -> Tensor:
        logits = logits.float()  # half precision cannot hold the small probabilities
        counted = labels != IGNORED
        if not bool(counted.any()):
            return logits.sum() * 0
        given = LossInput(
            torch.log_softmax(logits, dim=1).movedim(1, -1)[counted],
            labels[counted].long(),
            weights.to(logits.device),
            settings,
        )
        terms = [weight * _TERMS[name](given) for name, weight in settings.terms.items()]
        return torch.stack(terms).sum()

    return loss


@register("cross_entropy")
def _cross_entropy(given: LossInput) -> Tensor:
    return functional.nll_loss(given.logarithms, given.labels, given.weights)


@register("focal")
def _focal(given: LossInput) -> Tensor:
    """Focal loss (Lin et al. 2017, doi:10.1109/ICCV.2017.324), mean over the cells."""
    logarithm = given.logarithms.gather(1, given.labels[:, None])[:, 0]
    overlooked = (1 - logarithm.exp()) ** given.settings.focal_gamma
    return -(given.weights[given.labels] * overlooked * logarithm).mean()


@register("dice")
def _dice(given: LossInput) -> Tensor:
    """One minus the soft Dice coefficient (Milletari et al. 2016, doi:10.1109/3DV.2016.79)."""
    return _tversky_term(given, 0.5, 0.5)


@register("tversky")
def _tversky(given: LossInput) -> Tensor:
    """Dice with a price for each mistake (Salehi et al. 2017, arXiv:1706.05721)."""
    return _tversky_term(
        given, given.settings.tversky_false_positive, given.settings.tversky_false_negative
    )


@register("soft_iou")
def _soft_iou(given: LossInput) -> Tensor:
    """One minus the soft intersection over union (Rahman and Wang 2016)."""
    return _tversky_term(given, 1.0, 1.0)


def _tversky_term(given: LossInput, false_positive: float, false_negative: float) -> Tensor:
    """One minus the Tversky index of all cells of the batch, mean over the source classes.

    A class that the batch lacks has nothing to overlap with and is left out; but the first
    source class is in nearly every batch, and stays for the price of false cells.
    """
    probabilities = given.logarithms.exp()
    indices = []
    for number in range(1, probabilities.shape[1]):
        truth = given.labels == number
        if number > 1 and not bool(truth.any()):
            continue
        soft = probabilities[:, number]
        overlap = soft[truth].sum()
        extra = soft.sum() - overlap
        missed = truth.sum() - overlap
        price = false_positive * extra + false_negative * missed
        indices.append((overlap + _SMOOTH) / (overlap + price + _SMOOTH))
    return 1 - torch.stack(indices).mean()
