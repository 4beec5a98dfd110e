"""`Plan`: what one visit does, drawn before anything is in its place."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np

from hotspots.geometry.pointing.prior import FIRST_ORBIT_WITHOUT_MIRROR
from hotspots.simulation.observing_settings import ObservingSettings

__all__ = ["FramePlan", "Plan", "day_of_orbit", "draw_plan"]

Bands = tuple[str, ...]

LARGEST_OLD_STYLE_ORBIT = 38
"""Labels state geometry up to about this orbit."""

EXPOSURE_STEP_S = 0.2e-3

AIMED_AT_M = 0.8
"""Part of the frames of both bands that have Io on the M half; the others on the L half."""

# Orbits and days of published Io visits; between them orbits have about the same length.
_DAYS = (
    (5, "2017-03-27"),
    (18, "2019-02-12"),
    (25, "2020-02-17"),
    (37, "2021-10-16"),
    (43, "2022-07-05"),
    (53, "2023-07-31"),
    (57, "2023-12-30"),
    (62, "2024-06-13"),
    (70, "2025-03-03"),
)


@dataclass(frozen=True)
class FramePlan:
    """One frame of Io.

    Parameters
    ----------
    bands : tuple of str
        In file order.
    exposure_s : float
    aimed_band : str
        Half of the detector that is meant to see Io; one of ``bands``.
    """

    bands: Bands
    exposure_s: float
    aimed_band: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One visit.

    Parameters
    ----------
    orbit : int
    day : datetime
        UTC; the visit is within an orbit of Io after it.
    level : {"RDR", "EDR"}
    despun : bool
        Whether the mirror holds the scene during an exposure.
    spin_period_s : float
    turns : int
        Turns of the spacecraft from one frame to the next.
    frames : tuple of FramePlan
        Frames of Io.
    """

    orbit: int
    day: datetime
    level: Literal["RDR", "EDR"]
    despun: bool
    spin_period_s: float
    turns: int
    frames: tuple[FramePlan, ...]

    @property
    def name(self) -> str:
        """Name of the visit, such as ``PJ57``."""
        return f"PJ{self.orbit:02d}"

    @property
    def old_style(self) -> bool:
        """Whether its labels are of the old style."""
        return self.orbit <= LARGEST_OLD_STYLE_ORBIT

    @property
    def interval_s(self) -> float:
        """Time from one frame to the next, about."""
        return self.spin_period_s * self.turns


def day_of_orbit(orbit: int) -> datetime:
    """Day on which an orbit comes near Io, about; no two orbits within three weeks.

    Parameters
    ----------
    orbit : int

    Returns
    -------
    datetime
        UTC, midnight; orbits far beyond the mission are in its last rhythm.
    """
    numbers = [number for number, _ in _DAYS]
    upper = int(np.clip(np.searchsorted(numbers, orbit), 1, len(_DAYS) - 1))
    (first, start), (last, end) = (
        (number, datetime.fromisoformat(day).replace(tzinfo=UTC))
        for number, day in _DAYS[upper - 1 : upper + 1]
    )
    time = start + (end - start) * ((orbit - first) / (last - first))
    return time.replace(hour=0, minute=0, second=0, microsecond=0)


def draw_plan(settings: ObservingSettings, orbit: int, rng: np.random.Generator) -> Plan:
    """Draw what a visit does.

    Parameters
    ----------
    settings : ObservingSettings
    orbit : int
    rng : numpy.random.Generator

    Returns
    -------
    Plan
    """
    despun = orbit < FIRST_ORBIT_WITHOUT_MIRROR
    raw = not despun and rng.random() < settings.raw_fraction
    count = int(rng.integers(settings.minimum_frames, settings.maximum_frames + 1))
    span = settings.exposure_despun_s if despun else settings.exposure_parked_s
    exposures = [_whole_steps(span.draw(rng))] * count
    if count > 3 and rng.random() < settings.second_exposure_fraction:
        change = int(rng.integers(2, count - 1))
        exposures[change:] = [_whole_steps(span.draw(rng))] * (count - change)
    bands = _modes(settings, count, rng)
    return Plan(
        orbit=orbit,
        day=day_of_orbit(orbit),
        level="EDR" if raw else "RDR",
        despun=despun,
        spin_period_s=settings.spin_period_s.draw(rng),
        turns=2 if rng.random() < settings.second_turn_fraction else 1,
        frames=tuple(
            FramePlan(mode, exposure, "M" if "M" in mode and rng.random() < AIMED_AT_M else mode[0])
            for mode, exposure in zip(bands, exposures, strict=True)
        ),
    )


def _whole_steps(exposure_s: float) -> float:
    return round(max(1, round(exposure_s / EXPOSURE_STEP_S)) * EXPOSURE_STEP_S, 7)


def _modes(settings: ObservingSettings, count: int, rng: np.random.Generator) -> list[Bands]:
    """Bands of the frames: half of the visits keep to one mode, the others mix."""
    modes: tuple[Bands, ...] = (("L", "M"), ("M",), ("L",))
    l_only = max(0.0, 1.0 - settings.both_bands - settings.m_band_only)
    weights = np.array([settings.both_bands, settings.m_band_only, l_only])
    if rng.random() < 0.5:
        # A visit of the L band alone tells nothing that the M band does not tell better.
        kept = weights[:2] / max(weights[:2].sum(), 1e-9)
        choice = 0 if weights[:2].sum() > 0 and rng.random() < kept[0] else 1
        chosen = [2 if weights[:2].sum() <= 0 else choice] * count
    else:
        chosen = list(rng.choice(3, size=count, p=weights / weights.sum()))
    return [modes[i] for i in chosen]
