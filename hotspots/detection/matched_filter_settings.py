"""Settings of the matched filter, with the values that were found to serve best."""

from dataclasses import dataclass

from hotspots.errors import ConfigurationError

__all__ = ["LEAST_MESH_CELLS", "MatchedFilterSettings"]

LEAST_MESH_CELLS = 10
"""Smaller tiles, halved in sunlight, hold too few cells for a median and a deviation."""


@dataclass(frozen=True)
class MatchedFilterSettings:
    """Settings of the matched filter.

    Parameters
    ----------
    false_alarms_per_disc : float
        Noise peaks expected above the threshold on a whole disc of Io.
    mesh_cells : int
        Side of a background tile, cells; at least `LEAST_MESH_CELLS`.
    rounds : int
        Searches of what the fit leaves.
    trusted_fraction : float
        A peak in what the fit leaves must exceed this part of the fitted light there.
    saturated_fraction : float
        The same beside a saturated source, whose flat top no point source fits.
    least_separation : float
        Peaks closer than this many standard deviations of the point spread function
        are not told apart.
    link_km : float
        Peaks closer than this are one source where the ground between them glows.
    link_glow : float
        Peaks up to 1.6 times as far are one where it keeps this part of the fainter
        one's light.
    resolved_km : float
        Where the point spread function is narrower than this (standard deviation, km),
        resolved sources are outlined before peaks are searched.
    gap_km : float
        Outlined pieces closer than this are one source.
    least_cos_emission : float
        Cells seen more obliquely are not searched.
    few_frames_factor : float
        The threshold is this much higher where one frame alone looked, and its root
        where two did: particle hits cannot be told apart there.
    sunlit_factor : float
        The threshold is this much higher in sunlight, where the ground has patterns.

    Raises
    ------
    ConfigurationError
        If a value is no number above zero, ``mesh_cells`` or ``rounds`` is not whole, or
        ``mesh_cells`` is too small.
    """

    false_alarms_per_disc: float = 0.01
    mesh_cells: int = 24
    rounds: int = 3
    trusted_fraction: float = 0.08
    saturated_fraction: float = 0.4
    least_separation: float = 1.3
    link_km: float = 25.0
    link_glow: float = 0.5
    resolved_km: float = 2.5
    gap_km: float = 6.0
    least_cos_emission: float = 0.2
    few_frames_factor: float = 1.8
    sunlit_factor: float = 1.25

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            whole = name in {"mesh_cells", "rounds"}
            kind, wanted = (int, "a whole number") if whole else (int | float, "a number")
            if isinstance(value, bool) or not isinstance(value, kind) or not value > 0:
                msg = f"detector.parameters.{name}={value}: wanted {wanted} above zero"
                raise ConfigurationError(msg)
        if self.mesh_cells < LEAST_MESH_CELLS:
            msg = f"detector.parameters.mesh_cells={self.mesh_cells}: wanted >= {LEAST_MESH_CELLS}"
            raise ConfigurationError(msg)
