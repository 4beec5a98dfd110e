"""Losses: by hand, as torchmetrics has them, and what they must not depend on."""

import math

import pytest
import torch

from hotspots.config.training import LossSettings
from hotspots.errors import ConfigurationError
from hotspots.training.losses import loss_names, make_loss
from hotspots.training.samples import IGNORED


def loss_of(logits, labels, classes=3, **settings):
    terms = settings.pop("terms")
    return make_loss(LossSettings(terms={terms: 1.0}, **settings), classes)(logits, labels)


def case(seed=0, shape=(2, 3, 5, 6)):
    generator = torch.Generator().manual_seed(seed)
    logits = torch.randn(shape, generator=generator)
    labels = torch.randint(0, shape[1], (shape[0], *shape[2:]), generator=generator)
    return logits, labels.to(torch.uint8)


def test_cross_entropy_and_focal_by_hand():
    logits = torch.tensor([0.0, math.log(3.0)]).reshape(1, 2, 1, 1)  # probabilities 1/4, 3/4
    labels = torch.ones(1, 1, 1, dtype=torch.uint8)
    assert loss_of(logits, labels, 2, terms="cross_entropy").item() == pytest.approx(
        -math.log(0.75)
    )
    wanted = -(0.25**2) * math.log(0.75)
    assert loss_of(logits, labels, 2, terms="focal").item() == pytest.approx(wanted)


def test_focal_without_gamma_is_cross_entropy():
    logits, labels = case()
    torch.testing.assert_close(
        loss_of(logits, labels, terms="focal", focal_gamma=0.0),
        loss_of(logits, labels, terms="cross_entropy"),
    )


def test_dice_and_soft_iou_by_hand():
    logits = torch.zeros(1, 2, 1, 4)  # one half everywhere
    labels = torch.tensor([[[1, 1, 0, 0]]], dtype=torch.uint8)
    # Overlap 1, one cell of extra light, one of missing, and 1 against division by zero.
    assert loss_of(logits, labels, 2, terms="dice").item() == pytest.approx(1 - 2 / 3)
    assert loss_of(logits, labels, 2, terms="soft_iou").item() == pytest.approx(1 - 2 / 4)
    priced = loss_of(
        logits, labels, 2, terms="tversky", tversky_false_positive=0.2, tversky_false_negative=0.8
    )
    assert priced.item() == pytest.approx(1 - 2 / 3)


def test_dice_agrees_with_torchmetrics_on_certain_answers():
    functional = pytest.importorskip("torchmetrics.functional.classification")
    logits, labels = case(3, (2, 2, 40, 40))
    certain = torch.where(logits > logits.flip(1), 50.0, -50.0)
    dice = functional.binary_f1_score(certain.argmax(dim=1), labels.long())
    loss = loss_of(certain, labels, 2, terms="dice")
    assert 1 - loss.item() == pytest.approx(float(dice), abs=1e-3)  # the smoothing is left


@pytest.mark.parametrize("term", loss_names())
def test_a_right_answer_costs_less_and_ignored_cells_nothing(term):
    logits, labels = case()
    labels[0, 0] = IGNORED
    shown = labels.long().clamp(max=2)
    right = 20.0 * torch.nn.functional.one_hot(shown, 3).movedim(-1, 1).float()
    assert loss_of(right, labels, terms=term) < 0.05 < loss_of(logits, labels, terms=term)
    changed = logits.clone()
    changed[0, :, 0] += torch.randn(3, 6)
    torch.testing.assert_close(
        loss_of(changed, labels, terms=term), loss_of(logits, labels, terms=term)
    )


@pytest.mark.parametrize("term", loss_names())
def test_gradients_are_finite_even_when_the_answer_is_certain_and_wrong(term):
    labels = torch.ones(1, 4, 4, dtype=torch.uint8)
    logits = torch.zeros(1, 3, 4, 4)
    logits[:, 0] = 200.0
    logits.requires_grad_()
    loss_of(logits, labels, terms=term).backward()
    assert torch.isfinite(logits.grad).all()


def test_nothing_to_learn_from_costs_nothing():
    logits = torch.randn(1, 3, 4, 4, requires_grad=True)
    loss = loss_of(logits, torch.full((1, 4, 4), IGNORED, dtype=torch.uint8), terms="dice")
    loss.backward()
    assert loss.item() == 0
    assert (logits.grad == 0).all()


def test_terms_add_up_with_their_weights():
    logits, labels = case()
    both = make_loss(LossSettings(terms={"cross_entropy": 2.0, "dice": 3.0}), 3)(logits, labels)
    parts = 2 * loss_of(logits, labels, terms="cross_entropy")
    parts = parts + 3 * loss_of(logits, labels, terms="dice")
    torch.testing.assert_close(both, parts)


def test_class_weights_count_the_mistakes_of_their_class():
    logits = torch.zeros(1, 2, 1, 2)
    labels = torch.tensor([[[0, 1]]], dtype=torch.uint8)
    loss = loss_of(logits, labels, 2, terms="focal", focal_gamma=0.0, class_weights=[1.0, 9.0])
    assert loss.item() == pytest.approx(5 * math.log(2))


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        (LossSettings(terms={"hinge": 1.0}), "choose from"),
        (LossSettings(), "wanted names"),
        (LossSettings(terms={"dice": 1.0}, class_weights=[1.0]), "wanted 3"),
    ],
)
def test_settings_that_fit_no_loss(settings, wanted):
    with pytest.raises(ConfigurationError, match=wanted):
        make_loss(settings, 3)
