"""Small samples with known answers."""

import numpy as np

from hotspots.training.samples import HOTSPOT, OBJECT_FIELDS, Sample


def objects_at(*places, kind=HOTSPOT, snr=20.0, radius=1.0, asked=True):
    """Objects with their centres in the middle of cells."""
    objects = np.zeros(len(places), OBJECT_FIELDS)
    for number, (row, column) in enumerate(places):
        objects[number] = (row + 0.5, column + 0.5, kind, snr, radius, asked)
    return objects


def made_sample(name="PJ01/a", shape=(40, 50), places=((10, 12), (30, 40)), planes=("m", "l")):
    """Noise with bright cells of 3 by 3, which are hot spots."""
    rng = np.random.default_rng(len(name) + shape[0])
    labels = np.zeros(shape, np.uint8)
    images = {plane: rng.standard_normal(shape).astype(np.float32) / 4 for plane in planes}
    for row, column in places:
        block = slice(row - 1, row + 2), slice(column - 1, column + 2)
        labels[block] = HOTSPOT
        for image in images.values():
            image[block] += 2
    return Sample(name, images, {"log_km_per_px": 0.5}, labels, objects_at(*places))
