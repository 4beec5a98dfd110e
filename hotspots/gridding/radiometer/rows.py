"""From single integrations to the samples of the inverse.

Neighbouring integrations overlap almost wholly (1.4 degrees apart in beams of 11 to 20),
so groups of them within a quarter of a beam are averaged, rows of the operator and all.
What the rows have in common as errors, the gain, the width of the main lobe, the power
in the far sidelobes, stands in their covariance, so that it is not taken for structure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from hotspots.backend import Backend, to_device, to_host
from hotspots.config.radiometer_maps import RadiometerMapSettings
from hotspots.geometry.beams.attitude import turned_about_y
from hotspots.geometry.beams.beams import Beams
from hotspots.geometry.beams.pattern import Pattern, stretched, with_pedestal
from hotspots.gridding.radiometer.background import MICROWAVE_BACKGROUND_K, Background
from hotspots.gridding.radiometer.estimate import Samples
from hotspots.gridding.radiometer.prior import MEAN_K
from hotspots.gridding.radiometer.surface import Facets, SurfaceWeights, surface_weights
from hotspots.gridding.radiometer.views import io_disc

__all__ = ["GroupedRows", "averaging", "channel_samples", "grouped_rows", "row_weights"]

Float64 = NDArray[np.float64]

INTEGRATION_S = 0.1
"""Length of an integration; its smear is summed from two instants (label of the products)."""

SPIN_RATE = 2.0 * np.pi / 30.0
"""Turn of the spacecraft, rad/s: two a minute."""

PEDESTAL_STEP, WIDTH_STEP = 0.01, 0.01
"""Steps by which the pattern is changed to see what that does."""


def averaging(spin: NDArray[np.int64], rows: NDArray[np.int64], together: int) -> csr_array:
    """Sparse matrix (g, m) that averages groups of neighbouring rows of one turn.

    Parameters
    ----------
    spin : array (n,) int
    rows : array (m,) int
        Rows used, increasing.
    together : int
        Rows of a complete group.
    """
    key = np.stack([spin[rows], rows // together])
    _, group, count = np.unique(key, axis=1, return_inverse=True, return_counts=True)
    group = group.reshape(-1)
    places = (group, np.arange(len(rows)))
    return csr_array((1.0 / count[group], places), shape=(len(count), len(rows)))


def row_weights(
    beams: Beams,
    channel: int,
    pattern: Pattern,
    ground: Facets,
    permittivities: Sequence[float],
    backend: Backend = Backend.CPU,
) -> SurfaceWeights:
    """Rows of the operator, smeared over the integration, for rows that see Io.

    The sums run where ``backend`` says; the result is on the host.
    """
    angle = 0.25 * INTEGRATION_S * SPIN_RATE
    axes = beams.axes[:, channel]
    instants = np.stack([turned_about_y(axes, angle), turned_about_y(axes, -angle)], axis=1)
    place = to_device(instants, backend), to_device(beams.juno_km, backend)
    found = surface_weights(*place, pattern, ground, permittivities)
    return SurfaceWeights(to_host(found.weights), to_host(found.fill))


@dataclass(frozen=True)
class GroupedRows:
    """Averaged rows of one channel.

    Parameters
    ----------
    mean : sparse array (g, m) float64
        How rows were averaged.
    value_k : array (g,) float64
        Antenna temperature less the expected background, K.
    fill : array (g,) float64
        Share of Io.
    noise, background, model : arrays (g, g) float64
        Covariances of `hotspots.gridding.radiometer.estimate.Samples`, K2.
    """

    mean: csr_array
    value_k: Float64
    fill: Float64
    noise: Float64
    background: Float64
    model: Float64


def grouped_rows(
    beams: Beams,
    spin: NDArray[np.int64],
    rows: NDArray[np.int64],
    residual_k: Float64,
    sigma_k: Float64,
    fill: Float64,
    background: Background,
    channel: int,
    pattern: Pattern,
    settings: RadiometerMapSettings,
) -> GroupedRows:
    """Average rows and say how their errors hang together.

    Parameters
    ----------
    beams, spin
        Of all n rows.
    rows : array (m,) int
        Those that see Io.
    residual_k, sigma_k, fill : arrays (m,) float64
        Antenna temperature less background and its noise, K; share of Io.
    background : Background
    channel : int
        Index, 0 to 5.
    pattern : Pattern
    settings : RadiometerMapSettings
    """
    spacing = np.degrees(SPIN_RATE) * float(np.median(np.diff(beams.et)))
    together = max(1, int(0.25 * pattern.beamwidth_deg / spacing))
    mean = averaging(spin, rows, together)
    seen = beams.select(rows)
    as_is = io_disc(seen, channel, pattern)
    wide = io_disc(seen, channel, stretched(pattern, 1.0 + WIDTH_STEP)) - as_is
    flat = io_disc(seen, channel, with_pedestal(pattern, PEDESTAL_STEP)) - as_is
    shared = MEAN_K * np.stack(
        [
            settings.scale_fraction * fill,
            settings.width_fraction / WIDTH_STEP * wide,
            settings.sidelobe_fraction_sigma / PEDESTAL_STEP * flat,
        ],
        axis=1,
    )
    common = mean @ shared
    noise = np.diag(mean.power(2) @ sigma_k**2) + common @ common.T
    hidden = mean @ background.matrix[rows]
    # What is wrong with a pattern is wrong again wherever Io stands alike in the beam.
    reach = 0.5 * pattern.beamwidth_deg
    angle, radius = mean @ seen.io_angle_deg[:, channel], mean @ seen.io_radius_deg
    apart = (angle[:, None] - angle) ** 2 + (radius[:, None] - radius) ** 2
    alike = np.exp(-0.5 * apart / reach**2)
    size = MEAN_K * np.sqrt(np.clip(mean @ fill, 0.0, 1.0))
    return GroupedRows(
        mean,
        mean @ residual_k,
        mean @ fill,
        noise,
        hidden @ background.unknown @ hidden.T,
        alike * np.outer(size, size),
    )


def channel_samples(grouped: GroupedRows, weights: Float64, harmonics: Any) -> Samples:
    """Samples of the inverse for one permittivity.

    Parameters
    ----------
    grouped : GroupedRows
    weights : array (g, c) float64
        Averaged rows of the operator.
    harmonics : array (c, p) float32
        At the cells.

    Notes
    -----
    Ground of emissivity e shows 1 - e of the sky in it, so oblique ground is not as cold as
    its emissivity alone says: T = T_sky + (e / e_nadir) (T_nadir - T_sky).
    """
    received = np.sum(weights, axis=1)
    mirrored = MICROWAVE_BACKGROUND_K * (grouped.fill - received)
    response = np.asarray(weights.astype(np.float32) @ harmonics, np.float64)
    return Samples(
        grouped.value_k - mirrored - MEAN_K * received,
        response,
        grouped.noise,
        grouped.background,
        grouped.model,
    )
