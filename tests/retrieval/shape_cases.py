"""Windows with a drawn source for the tests of shapes."""

import numpy as np

from hotspots.retrieval.shape_evidence import Window
from hotspots.retrieval.shape_models import Patterns, pattern_spectra, wave_numbers

SIDE = 44
WIDTH = 1.25


def window_with(
    diameter: float,
    hole: float = 0.0,
    floor: float = 0.0,
    *,
    noise: float = 0.02,
    unit: float = 1.0,
    place: tuple[float, float] = (0.4, -0.7),
    seed: int = 1,
) -> Window:
    """A source of peak ``unit`` near the middle, with noise of a part of it."""
    pattern = Patterns(np.array([diameter]), np.array([hole]), np.array([floor]))
    waves = wave_numbers(SIDE)
    spread = WIDTH**2 * np.eye(2)
    spectrum = pattern_spectra(pattern, np.eye(2), spread, waves)[0]
    middle = np.array(place) + SIDE / 2 - 0.5
    phase = middle[0] * waves[0] + middle[1] * waves[1]
    image = np.fft.irfft2(spectrum * np.exp(-1j * phase), s=(SIDE, SIDE))
    rng = np.random.default_rng(seed)
    image = image / image.max()
    # a tenth of the light is not as even as the pattern, and cells share the blur
    variance = noise**2 + 0.1**2 * 4 * np.pi * WIDTH**2 * image**2
    image = unit * (image + noise * rng.standard_normal(image.shape))
    return Window(
        image=image,
        weight=1.0 / (unit**2 * variance),
        spread=spread,
        flat=np.eye(2),
        reach=3.0,
    )
