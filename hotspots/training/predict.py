"""Run a model on a folder of images: a mask and a map of probability for each, and a table."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image

from hotspots.errors import ModelError, ProductError, SampleError
from hotspots.nets.folder import Model, load_model
from hotspots.nets.tiling import predict_probabilities
from hotspots.training.images import IMAGE_PLANE, image_plane, read_grey
from hotspots.training.metrics.objects import pieces

__all__ = ["predict_image", "predict_images"]

SUFFIXES = (".png", ".bmp", ".tif", ".tiff", ".jpg", ".jpeg")
TABLE = "targets.csv"
THRESHOLD = 0.5


def predict_images(
    model_folder: Path,
    images: Path,
    out: Path,
    *,
    symmetries: bool = False,
    say: Callable[[str], None] = print,
) -> int:
    """Find targets in every image of a folder.

    Parameters
    ----------
    model_folder : Path
        Of a network that reads the one plane ``radiance``.
    images : Path
        Folder of images of 8 bits a pixel.
    out : Path
        Gets ``masks/NAME.png`` (255 on targets), ``probabilities/NAME.png`` (probability
        times 65,535) and ``targets.csv`` (a target a line).
    symmetries : bool
        Take the mean over the eight turns and mirrors of each image.
    say : callable
        Takes lines for a person.

    Returns
    -------
    int
        Number of images.

    Raises
    ------
    ModelError
        If the model cannot be read or reads other planes.
    SampleError
        If there are no images or one cannot be read.
    ProductError
        If a result cannot be written.
    """
    model = load_model(model_folder)
    if model.spec.planes != (IMAGE_PLANE,) or model.spec.scales:
        msg = f"{model_folder}: reads {list(model.spec.planes)}, not images"
        raise ModelError(msg)
    paths = sorted(path for path in images.glob("*") if path.suffix.lower() in SUFFIXES)
    if not paths:
        msg = f"{images}: no images ({', '.join(SUFFIXES)}) in this folder"
        raise SampleError(msg)
    rows: list[dict[str, object]] = []
    for path in paths:
        source = predict_image(model, read_grey(path), symmetries=symmetries)
        _write_image(out / "masks" / f"{path.stem}.png", (source > THRESHOLD) * np.uint8(255))
        _write_image(
            out / "probabilities" / f"{path.stem}.png",
            np.rint(source * 65535).astype(np.uint16),
        )
        rows.extend(_targets(path.stem, source))
    _write_table(out / TABLE, rows)
    say(f"{len(rows)} targets in {len(paths)} images: {out / TABLE}")
    return len(paths)


def predict_image(
    model: Model, grey: NDArray[np.float32], *, symmetries: bool = False
) -> NDArray[np.float32]:
    """Probability of a target in each cell of one image.

    Parameters
    ----------
    model : Model
    grey : array (rows, columns) float32
        0 to 255.
    symmetries : bool

    Returns
    -------
    array (rows, columns) float32
    """
    probabilities = predict_probabilities(
        model,
        torch.from_numpy(image_plane(grey))[None],
        torch.ones(1),
        torch.zeros(0),
        symmetries=symmetries,
    )
    source: NDArray[np.float32] = (1 - probabilities[0]).numpy()
    return source


def _targets(name: str, source: NDArray[np.float32]) -> list[dict[str, object]]:
    labelled, centres = pieces(source > THRESHOLD)
    sizes = np.bincount(labelled.ravel(), minlength=len(centres) + 1)[1:]
    return [
        {
            "image": name,
            "row": f"{row:.2f}",
            "column": f"{column:.2f}",
            "cells": int(size),
            "probability": f"{source[labelled == number].max():.4f}",
        }
        for number, ((row, column), size) in enumerate(zip(centres, sizes, strict=True), start=1)
    ]


def _write_image(path: Path, image: NDArray[np.generic]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(image).save(path)
    except OSError as error:
        msg = f"{path}: cannot be written: {error}"
        raise ProductError(msg) from error


def _write_table(path: Path, rows: list[dict[str, object]]) -> None:
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["image", "row", "column", "cells", "probability"])
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        msg = f"{path}: cannot be written: {error}"
        raise ProductError(msg) from error
