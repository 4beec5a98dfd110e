"""Which samples teach and which judge: dealt by visit, never by crop or map.

Maps of one visit show the same ground and the same sources minutes apart.  A network that
has seen one of them has seen them all.
"""

from collections.abc import Sequence

import numpy as np

from hotspots.errors import SampleError

__all__ = ["split_by_visit"]


def split_by_visit(
    visits: Sequence[str], folds: int, fold: int | None, seed: int
) -> tuple[list[int], list[int]]:
    """Indices of the samples to learn from and of those kept out.

    Parameters
    ----------
    visits : sequence of str
        Visit of each sample.
    folds : int
        Parts that the visits are dealt into, as evenly as can be.
    fold : int or None
        The part that is kept out; None: nothing is, and all samples also judge.
    seed : int
        Of the dealing; the parts of one seed are disjoint and cover all visits.

    Returns
    -------
    training, validation : list of int
        Ascending.

    Raises
    ------
    SampleError
        If there are fewer visits than parts.
    """
    if fold is None:
        everything = list(range(len(visits)))
        return everything, everything
    names = sorted(set(visits))
    if len(names) < folds:
        msg = f"{len(names)} visits cannot be split into data.folds={folds} parts"
        raise SampleError(msg)
    order = np.random.default_rng(seed).permutation(len(names))
    kept_out = {names[index] for index in order[fold::folds]}
    validation = [index for index, visit in enumerate(visits) if visit in kept_out]
    training = [index for index, visit in enumerate(visits) if visit not in kept_out]
    return training, validation
