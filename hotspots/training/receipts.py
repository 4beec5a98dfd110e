"""Samples visit by visit into one folder: in parallel, and from where it was left off.

A visit is done when its receipt is there.  The receipt names the samples, and what they were
made from by a digest: a visit of other input or other settings is not done.
"""

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hotspots import __version__
from hotspots.errors import HotspotsError
from hotspots.products.atomic import atomic_file
from hotspots.training.samples import Sample, save_sample

__all__ = ["Prepared", "SamplesOf", "digest_of", "forget", "prepare_visits", "receipt_of"]

SamplesOf = Callable[[str], Iterable[Sample]]
"""Samples of the visit of this name.  Other processes get a copy: a module's function, or
`functools.partial` of one."""


@dataclass(frozen=True)
class Prepared:
    """What became of one visit.

    Parameters
    ----------
    name : str
        Visit, such as ``PJ57``, or the seed of a simulated one.
    samples : tuple of str
        Files written.
    problem : str
        Why there are none, or no more; empty where all went well.
    digest : str
        Of what the samples were made from.
    """

    name: str
    samples: tuple[str, ...]
    problem: str = ""
    digest: str = ""


def digest_of(*parts: Any) -> str:
    """Digest of whatever JSON or ``str`` can write, and of the version of the program."""
    text = json.dumps([__version__, *parts], default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def receipt_of(folder: Path, name: str) -> Prepared | None:
    """The receipt of a visit; None where there is none, or a damaged one."""
    try:
        stored = json.loads(_receipt(folder, name).read_text(encoding="utf-8"))
        return Prepared(
            name, tuple(stored["samples"]), str(stored["problem"]), str(stored["digest"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(folder: Path, name: str) -> None:
    """Remove the receipt of a visit and the samples that it names, if they are there."""
    before = receipt_of(folder, name)
    _receipt(folder, name).unlink(missing_ok=True)
    for sample in before.samples if before else ():
        (folder / Path(sample).name).unlink(missing_ok=True)


def prepare_visits(
    folder: Path, digests: Mapping[str, str], samples_of: SamplesOf, jobs: int = 1
) -> Iterator[Prepared]:
    """Make the samples of all visits that have no receipt of this digest.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.
    digests : mapping of str to str
        What each visit is made from, by its name.
    samples_of : SamplesOf
    jobs : int
        Processes.

    Yields
    ------
    Prepared
        As they are finished, one a visit that was still to be done.

    Raises
    ------
    ProductError
        If the folder cannot be written.
    """
    rest = []
    for name, digest in digests.items():
        receipt = receipt_of(folder, name)
        if receipt is None or receipt.digest != digest:
            rest.append(name)
    if jobs == 1 or len(rest) < 2:
        for name in rest:
            yield _prepare_visit(folder, name, digests[name], samples_of)
        return
    # SPICE and the threads of numerical libraries do not survive a fork.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context) as pool:
        waiting = [
            pool.submit(_prepare_visit, folder, name, digests[name], samples_of) for name in rest
        ]
        for future in as_completed(waiting):
            yield future.result()


def _prepare_visit(folder: Path, name: str, digest: str, samples_of: SamplesOf) -> Prepared:
    """Samples of one visit, and a receipt that it is done."""
    forget(folder, name)
    names: list[str] = []
    problem = ""
    try:
        for sample in samples_of(name):
            path = folder / f"{sample.name.replace('/', '_')}.npz"
            save_sample(path, sample)
            names.append(path.name)
    except HotspotsError as failure:
        problem = str(failure)
    done = Prepared(name, tuple(names), problem, digest)
    with atomic_file(_receipt(folder, name)) as partial:
        partial.write_text(json.dumps(vars(done)) + "\n", encoding="utf-8")
    return done


def _receipt(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"
