r"""Bundle adjustment of light: powers, places, widths, pointing and optics at once.

Unknowns are the spectral power of every point in every band, a shift on the ground and a
width of every source, a shift of every frame and the point spread function of both halves
of the detector (`hotspots.retrieval.frames.unknowns`).  Samples are weighed by their noise,
the roughness of their surroundings and an error in proportion to their light; those beyond
the linear range are lower limits (`censoring`).  Backgrounds are eliminated (`equations`),
what is known beforehand is in the priors, and Gauss-Newton steps do the rest.  One
covariance of everything comes out, so that an error of the point spread function or of the
pointing is in the error of every power and of every place.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotspots.retrieval.frames.censoring import newton_terms
from hotspots.retrieval.frames.equations import BandEquations
from hotspots.retrieval.frames.information import Information
from hotspots.retrieval.frames.linearised import linearise
from hotspots.retrieval.frames.optics import OPTICS_PARAMETERS, BandOptics
from hotspots.retrieval.frames.priors import FramePriors, prior_information, prior_mean
from hotspots.retrieval.frames.roughness import local_roughness
from hotspots.retrieval.frames.stamps import FrameStamps
from hotspots.retrieval.frames.unknowns import Unknowns
from hotspots.retrieval.frames.widths import WidthSites

__all__ = ["Adjusted", "adjust_light"]

Float64 = NDArray[np.float64]
Mask = NDArray[np.bool_]

POWERS_ALONE = 2
"""Rounds before places, widths, pointing and optics are free."""

ROUNDS, WARM_ROUNDS = 7, 3
"""At most, from a first guess and from the solution of a similar problem."""

SETTLED = 0.1
"""Steps of less than so many standard deviations end the adjustment."""

JUDGED_FRACTION = 0.1
"""Error of a sample in proportion to its light by which a fit is judged, at most: wings of
points agree with the model that well."""

LONGEST_SHIFT_PX = 0.5
LONGEST_OPTICS = np.array([0.25, 0.1, 0.02, 0.3])
"""Steps of one round: pixels of a frame's pointing, and parameters of the optics."""


@dataclass(frozen=True)
class Adjusted:
    """Solution of the adjustment.

    Parameters
    ----------
    unknowns : Unknowns
    state : array (u,) float64
    covariance : array (u, u) float64
    light : dict of str to array (m,) float64
        Light of all points in every equation, by band.
    misfit : dict of str to array (m,) float64
        Values less background and light in every equation, standard deviations, the
        error in proportion to light taken as `JUDGED_FRACTION` at most.
    """

    unknowns: Unknowns
    state: Float64
    covariance: Float64
    light: dict[str, Float64]
    misfit: dict[str, Float64]

    def optics(self, band: str) -> BandOptics:
        """Point spread function of a band."""
        return BandOptics.of_vector(self.state[self.unknowns.optics(band)])


def adjust_light(
    stamps: dict[str, FrameStamps],
    equations: dict[str, BandEquations],
    unknowns: Unknowns,
    start: Float64,
    priors: FramePriors,
    *,
    sample_fraction: dict[str, Float64],
    warm: bool = False,
) -> Adjusted:
    """Fit everything to the samples of all frames.

    Parameters
    ----------
    stamps, equations : dict by band
        Of the same points.
    unknowns : Unknowns
    start : array (u,) float64
    priors : FramePriors
    sample_fraction : dict of str to array (m,) float64
        Error of a sample in proportion to the light in it (flat field, shape of the
        point spread function), standard deviation.
    warm : bool
        The start is the solution of a similar problem: all unknowns are free at once.

    Returns
    -------
    Adjusted
    """
    mean, information = prior_mean(unknowns, priors), prior_information(unknowns, priors)
    state = start.astype(np.float64)
    light = {b: np.zeros(len(e.values)) for b, e in equations.items()}
    background, rough, missed = dict(light), dict(light), dict(light)
    wide = np.flatnonzero(priors.width_free)
    sites = WidthSites(len(wide))
    wide = wide + unknowns.widths.start
    held = np.setdiff1d(np.arange(unknowns.widths.start, unknowns.widths.stop), wide)
    everything = np.setdiff1d(np.arange(unknowns.size), held)
    some = np.arange(unknowns.all_powers.stop)
    rounds = WARM_ROUNDS if warm else ROUNDS
    for step in range(rounds):
        chosen = some if step < POWERS_ALONE and not warm else everything
        normal = information.copy()
        right = information @ (mean - state)
        normal[wide, wide] += sites.information
        right[wide] += sites.pull - sites.information * state[wide]
        for band in unknowns.bands:
            band_equations = equations[band]
            sloping = ~band_equations.points_alone
            here = linearise(stamps[band], unknowns, state, sloping)
            light[band] = band_equations.light(here.model, here.light)
            misfit = band_equations.values - light[band]
            noise = np.hypot(band_equations.sigma, sample_fraction[band] * light[band])
            sigma = np.hypot(noise, rough[band])
            seen, weight = newton_terms(
                misfit - background[band], sigma, band_equations.limit, band_equations.trusted
            )
            sums = band_equations.normal(
                here.model, np.maximum(here.light, 0.0), seen + background[band], weight
            )
            background[band] = sums.background
            usual = np.minimum(sample_fraction[band], JUDGED_FRACTION) * light[band]
            usual = np.hypot(np.hypot(band_equations.sigma, usual), rough[band])
            missed[band] = (misfit - sums.background) / usual
            normal += (here.chain.T @ sums.matrix @ here.chain).toarray()
            right += here.chain.T @ sums.right
            if step > 0:
                rough[band] = local_roughness(band_equations, misfit - sums.background, noise)
        system = Information(normal[np.ix_(chosen, chosen)])
        change = np.zeros(unknowns.size)
        change[chosen] = system.solve(right[chosen])
        complete = len(chosen) == len(everything)
        # a conditional error is smaller than the true one: this asks for more than enough
        settled = np.abs(change[chosen]) < SETTLED / np.sqrt(np.diag(normal)[chosen])
        if step == rounds - 1 or (complete and settled.all()):
            break
        state = _possible(state + _limited(change, unknowns, priors), unknowns)
        if complete and len(wide):
            sites.update(state[wide], system.variances(np.searchsorted(chosen, wide)))
    covariance = np.zeros((unknowns.size, unknowns.size))
    covariance[np.ix_(chosen, chosen)] = system.inverse()
    return Adjusted(unknowns, state, covariance, light, missed)


def _limited(change: Float64, unknowns: Unknowns, priors: FramePriors) -> Float64:
    """Step that is not longer than the linearisation is good for."""
    step = change.copy()
    places = change[unknowns.places].reshape(-1, 2)
    longest = LONGEST_SHIFT_PX * priors.place_sigma_km
    part = longest / np.maximum(np.linalg.norm(places, axis=-1), longest)
    step[unknowns.places] = (places * part[:, None]).ravel()
    step[unknowns.shifts] = np.clip(change[unknowns.shifts], -LONGEST_SHIFT_PX, LONGEST_SHIFT_PX)
    optics = change[unknowns.all_optics].reshape(-1, OPTICS_PARAMETERS)
    step[unknowns.all_optics] = np.clip(optics, -LONGEST_OPTICS, LONGEST_OPTICS).ravel()
    return step


def _possible(state: Float64, unknowns: Unknowns) -> Float64:
    """State with widths from zero and optics that can be."""
    new = state.copy()
    new[unknowns.widths] = np.maximum(state[unknowns.widths], 0.0)
    for band in unknowns.bands:
        part = unknowns.optics(band)
        new[part] = BandOptics.limited(state[part])
    return new
