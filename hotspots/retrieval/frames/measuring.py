r"""From measurements on maps to measurements in the frames: `measure_in_frames`.

The error of a power is made of what the adjustment gives (noise, neighbours, background,
place, width, pointing, point spread function, all marginalised), of what the surroundings
do (`hotspots.retrieval.frames.excess`) and of the calibration, which is a factor for all
sources of a band.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from hotspots.body import latitude_longitude
from hotspots.config import PhotometrySettings
from hotspots.retrieval.frames.coverage import coverage_of
from hotspots.retrieval.frames.excess import excess_sigma, measure_empty, ring_places
from hotspots.retrieval.frames.fit import WING_FRACTION, fit_frames
from hotspots.retrieval.frames.intervals import posterior_power
from hotspots.retrieval.frames.modelled import PLACE_BAND, modelled_sources
from hotspots.retrieval.frames.optics import BandOptics, OpticsPrior
from hotspots.retrieval.frames.placing import fitted_places
from hotspots.retrieval.frames.quality import core_misfit, held_share
from hotspots.retrieval.frames.scene import FrameScene
from hotspots.retrieval.frames.solution import FrameFit
from hotspots.retrieval.measurement import ErrorEllipse, Measurement

__all__ = ["measure_in_frames"]

Float64 = NDArray[np.float64]

WINGS_UNKNOWN = OpticsPrior().sigma[2]
"""Part of a point's light that may be elsewhere than in the one Gaussian wing of the model:
as much as the prior leaves open of the wing altogether."""

FAILED = 0.9
"""Part of a lower limit that a power has at least."""

MISFIT_PX = 4.0
"""Reach of the samples that tell how well the model fits."""

DOUBTFUL = 1.5
"""Misfit of the wings, in standard deviations, from which a saturated source is no point."""

LEAST_HELD = 1e-3


def measure_in_frames(
    scene: FrameScene,
    measured: Sequence[Measurement],
    settings: PhotometrySettings,
    optics: dict[str, BandOptics] | None = None,
) -> tuple[tuple[Measurement, ...], FrameFit | None]:
    """Measure all sources of a visit in all its frames at once.

    Parameters
    ----------
    scene : FrameScene
    measured : sequence of Measurement
        On the maps, one a source, with ``points_km``.
    settings : PhotometrySettings
    optics : dict of str to BandOptics, optional
        First guess of the point spread functions.

    Returns
    -------
    measured : tuple of Measurement
        In the same order.  A source too large for the frames' model, or that no M-band
        frame shows well enough, stays as it was on the map.
    fit : FrameFit or None
        None if there was nothing to fit.
    """
    sources = modelled_sources(scene, measured)
    chosen = [i for i, source in enumerate(sources) if source is not None]
    if not chosen:
        return tuple(measured), None
    fit = fit_frames(
        scene,
        [source for source in sources if source is not None],
        sample_fraction=settings.sample_fraction,
        optics=optics,
    )
    if PLACE_BAND not in fit.stamps:
        return tuple(measured), None
    new = list(measured)
    for i, one in zip(
        chosen, _fitted(scene, fit, [measured[i] for i in chosen], settings), strict=True
    ):
        new[i] = one
    return tuple(new), fit


def _fitted(
    scene: FrameScene,
    fit: FrameFit,
    measured: Sequence[Measurement],
    settings: PhotometrySettings,
) -> list[Measurement]:
    """Measurements with the powers and places of a fit."""
    jacobian = fit.jacobians()
    shown = np.isfinite(jacobian[:, 0, 0])
    jacobian[~shown] = np.eye(2)
    places = fitted_places(fit, PLACE_BAND)
    rings = ring_places(places.points_km, jacobian)
    totals, excess, coverage, wings, poorness = {}, {}, {}, {}, {}
    for band in fit.stamps:
        optics = fit.adjusted.optics(band)
        empty = measure_empty(fit.without_sources(band, scene.bands[band]), rings, optics)
        totals[band] = fit.totals(band)
        coverage[band] = coverage_of(fit.stamps[band], fit.adjusted.unknowns.source_of_point)
        excess[band] = excess_sigma(empty)
        # Birge's ratio: what misses the model by more than its errors has larger errors
        poorness[band] = np.sqrt(np.maximum(core_misfit(fit, band, MISFIT_PX), 1.0))
        held = np.maximum(held_share(fit, band), LEAST_HELD)
        # light that no sample holds is inferred from wings that are known so well only
        inferred = np.where(coverage[band].saturated, WING_FRACTION * (1.0 - held), 0.0)
        wings[band] = np.hypot(WINGS_UNKNOWN / held, inferred)
    value, sigma = totals[PLACE_BAND]
    # what surroundings do to the power they do to the place
    rougher = 1.0 + (excess[PLACE_BAND] / np.maximum(sigma, np.finfo(np.float64).tiny)) ** 2
    noisy = replace(places, covariance_km2=places.covariance_km2 * rougher[:, None, None])
    covariance = noisy.with_pointing(jacobian, scene.common_covariance_px2)
    latitude, longitude = latitude_longitude(places.points_km)
    together = _covariance_of_bands(fit)
    new = []
    for i, one in enumerate(measured):
        on_map = one.powers.get(PLACE_BAND)
        # the sum over saturated samples is less than the truth: a fit below it has failed
        failed = on_map is not None and on_map.saturated and value[i] < FAILED * on_map.value
        if failed or not (shown[i] and coverage[PLACE_BAND].seen[i] and value[i] > 0):
            new.append(one)
            continue
        errors = {
            band: math.hypot(
                totals[band][1][i] * poorness[band][i],
                excess[band][i],
                settings.calibration_fraction * totals[band][0][i],
                wings[band][i] * totals[band][0][i],
            )
            for band in totals
            if coverage[band].seen[i]
        }
        powers = {
            band: posterior_power(
                float(totals[band][0][i]),
                error,
                saturated=bool(coverage[band].saturated[i]),
                least=one.powers[band].value if band in one.powers else 0.0,
                believed=bool(poorness[band][i] < DOUBTFUL),
            )
            for band, error in errors.items()
        }
        correlation = 0.0
        if len(errors) > 1:
            # neighbours that nobody detected glow in both bands, and the wings are one camera's
            shared = together[i] * math.prod(poorness[band][i] for band in errors)
            shared += math.prod(excess[band][i] for band in errors)
            shared += math.prod(wings[band][i] * totals[band][0][i] for band in errors)
            correlation = float(np.clip(shared / math.prod(errors.values()), -0.99, 0.99))
        spread = covariance[i]
        new.append(
            replace(
                one,
                lat_deg=float(latitude[i]),
                lon_east_deg=float(longitude[i]),
                ellipse=ErrorEllipse.of_covariance(spread[0, 0], spread[0, 1], spread[1, 1]),
                powers=powers,
                power_correlation=correlation,
            )
        )
    return new


def _covariance_of_bands(fit: FrameFit) -> Float64:
    """Covariance of the powers of each source in two bands, (k,); zero for one band."""
    unknowns, covariance = fit.adjusted.unknowns, fit.adjusted.covariance
    if len(unknowns.bands) < 2:
        return np.zeros(len(fit.sources))
    first, second = (unknowns.powers(band) for band in unknowns.bands[:2])
    member = np.zeros((len(fit.sources), unknowns.n_points))
    member[unknowns.source_of_point, np.arange(unknowns.n_points)] = 1.0
    return np.asarray(np.sum((member @ covariance[first, second]) * member, axis=1))
