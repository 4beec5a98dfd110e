"""``scan_traces.png``: what the antennas measured, and the fitted model over it.

One row of panels a channel.  Left, antenna temperature over time around the closest
approach: every turn shows Io once.  Right, measured less modelled in units of the noise
against the angle from Io: a model that fits leaves a band of even width.  A band that stands
off on Io alone is an error of beam or gain, alike in all rows, which the map's errors include.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from hotspots.errors import ProductError
from hotspots.products.figures import INK, save_figure
from hotspots.radiometer import CHANNELS

__all__ = ["ScanTraces", "write_scan_traces"]

Float64 = NDArray[np.float64]

_MEASURED, _MODEL, _BACKGROUND = "#7d8aa3", "#c8321e", "#2b7a5a"
_MINUTES_SHOWN = 2.5
_SIGMAS_SHOWN = 6.0


@dataclass(frozen=True, kw_only=True)
class ScanTraces:
    """Numbers of the picture.

    Parameters
    ----------
    title : str
    minutes : array (n,) float64
        Since the closest approach.
    antenna_k, model_k, background_k, sigma_k : array (n, 6) float64
        Measured and modelled antenna temperature, the part that is not Io's, and the
        noise, K; NaN where missing.
    io_angle_deg : array (n, 6) float64
        Between boresight and Io's centre.
    io_radius_deg : float
        Of Io's disc at the closest approach.

    Raises
    ------
    ProductError
        If the shapes contradict each other.
    """

    title: str
    minutes: Float64
    antenna_k: Float64
    model_k: Float64
    background_k: Float64
    sigma_k: Float64
    io_angle_deg: Float64
    io_radius_deg: float

    def __post_init__(self) -> None:
        shape = (len(self.minutes), len(CHANNELS))
        for name in ("antenna_k", "model_k", "background_k", "sigma_k", "io_angle_deg"):
            found = getattr(self, name).shape
            if found != shape:
                msg = f"{self.title}: {name} has shape {found}, wanted {shape}"
                raise ProductError(msg)


def write_scan_traces(path: Path, traces: ScanTraces) -> None:
    """Draw measured and modelled rows of all channels.

    Parameters
    ----------
    path : Path
    traces : ScanTraces

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    figure = Figure(figsize=(12.0, 13.0), layout="constrained")
    axes = figure.subplots(
        len(CHANNELS), 2, sharex="col", gridspec_kw={"width_ratios": (2.6, 1.0)}, squeeze=False
    )
    figure.suptitle(traces.title, color=INK, fontsize=13)
    for k, (left, right) in enumerate(axes):
        _draw_time(left, traces, k)
        _draw_residual(right, traces, k)
    handles, names = axes[0, 0].get_legend_handles_labels()
    figure.legend(handles, names, loc="outside lower center", fontsize=9, ncols=3, markerscale=3)
    axes[-1, 0].set_xlabel("minutes since the closest approach")
    axes[-1, 1].set_xlabel("degrees from Io's centre")
    save_figure(figure, path)


def _draw_time(axes: Axes, traces: ScanTraces, k: int) -> None:
    shown = np.abs(traces.minutes) <= _MINUTES_SHOWN
    minutes = traces.minutes[shown]
    style: dict[str, Any] = {"rasterized": True}
    axes.plot(
        minutes, traces.antenna_k[shown, k], ".", ms=2.5, color=_MEASURED, label="measured", **style
    )
    axes.plot(minutes, traces.model_k[shown, k], "-", lw=1.0, color=_MODEL, label="model")
    axes.plot(
        minutes, traces.background_k[shown, k], "-", lw=0.8, color=_BACKGROUND, label="without Io"
    )
    channel = CHANNELS[k]
    axes.set_title(
        f"channel {channel.number}, {channel.frequency_ghz:g} GHz", fontsize=9, loc="left", pad=2
    )
    axes.set_ylabel("antenna\ntemperature [K]", fontsize=8)
    axes.set_xlim(-_MINUTES_SHOWN, _MINUTES_SHOWN)
    axes.tick_params(labelsize=8)
    axes.grid(alpha=0.25)


def _draw_residual(axes: Axes, traces: ScanTraces, k: int) -> None:
    residual = (traces.antenna_k[:, k] - traces.model_k[:, k]) / traces.sigma_k[:, k]
    axes.axvspan(0, traces.io_radius_deg, color="#000000", alpha=0.06, lw=0)
    axes.plot(
        traces.io_angle_deg[:, k],
        residual,
        ".",
        ms=1.5,
        color=_MEASURED,
        alpha=0.5,
        rasterized=True,
    )
    axes.axhline(0.0, color=_MODEL, lw=0.8)
    known = residual[np.isfinite(residual)]
    if len(known):
        spread = float(np.sqrt(np.mean(known**2)))
        axes.text(
            0.98,
            0.93,
            f"rms {spread:.2f} σ",
            transform=axes.transAxes,
            ha="right",
            va="top",
            fontsize=8,
            color=INK,
        )
    axes.set_ylim(-_SIGMAS_SHOWN, _SIGMAS_SHOWN)
    axes.set_xlim(0, 180)
    axes.set_ylabel("residual [σ]", fontsize=8)
    axes.tick_params(labelsize=8)
    axes.grid(alpha=0.25)
