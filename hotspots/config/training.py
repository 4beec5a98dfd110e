"""Settings of training: the data, the loss, the steps, and what runs them."""

from dataclasses import dataclass, field
from pathlib import Path

from hotspots.config.checks import require_positive, require_within
from hotspots.errors import ConfigurationError

__all__ = ["DataSettings", "LossSettings", "NetSettings", "OptimSettings", "TrainerSettings"]


@dataclass(frozen=True)
class NetSettings:
    """Which network is trained.

    Parameters
    ----------
    name : str
        Name in the registry of `hotspots.nets.build`.
    """

    name: str = "small"


@dataclass(frozen=True)
class DataSettings:
    """What is learnt from, and how crops are drawn from it.

    Parameters
    ----------
    name : str
        Name in the registry of `hotspots.training.sources`.
    folder : Path or None
        Where the data lie; None for data that are drawn.
    names : str or None
        File in ``folder`` that lists what is used, a name a line; None: all.
    planes, scales : list of str or None
        Inputs of a new network, in order; None: all that the samples have, sorted.
    folds : int
        The visits are dealt into this many parts.
    fold : int or None
        The part that is kept out for validation; None: nothing is kept out.
    crop_cells : int
        Side of a crop, cells.
    batch_size : int
        Crops in a step.
    crops_per_map : int
        Crops that are taken from a map when it is read.
    workers : int
        Processes that read and cut beside the one that trains; 0: it does that itself.
    cache_mb : int
        Maps that stay in memory in each process, MiB.
    object_fraction, hard_fraction : float
        Parts of the crops that hold a source, and that hold a bright place without one.
    zoom : float
        Largest factor by which a crop is enlarged or reduced; 1 where the scale is an input.
    gain, offset, noise : float
        Largest change of the logarithm of the contrast, one standard deviation of an added
        level, and largest standard deviation of added white noise, in units of the light.
    streak_probability, paste_probability : float
        Chances that a streak, and (twice) that a source of another map, is set into a crop;
        0 where not all planes hold compressed light.
    jittered : list of str
        Patterns of the names of planes that these three change.
    droppable : list of str
        Patterns; the planes that one fits may be absent together.
    drop_probability : float
        Chance that the planes of a pattern are left out of a crop.
    validation_maps : int or None
        Maps that are looked at after each round; None: all that are kept out.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    name: str = "simulated"
    folder: Path | None = None
    names: str | None = None
    planes: list[str] | None = None
    scales: list[str] | None = None
    folds: int = 5
    fold: int | None = 0
    crop_cells: int = 96
    batch_size: int = 16
    crops_per_map: int = 4
    workers: int = 0
    cache_mb: int = 2048
    object_fraction: float = 0.5
    hard_fraction: float = 0.25
    zoom: float = 1.0
    gain: float = 0.0
    offset: float = 0.0
    noise: float = 0.0
    streak_probability: float = 0.0
    paste_probability: float = 0.0
    jittered: list[str] = field(default_factory=lambda: ["*"])
    droppable: list[str] = field(default_factory=list)
    drop_probability: float = 0.0
    validation_maps: int | None = None

    def __post_init__(self) -> None:
        if self.folder is not None:
            object.__setattr__(self, "folder", self.folder.expanduser())
        require_within(self, 2, 1000, "folds")
        require_within(self, 8, 4096, "crop_cells")
        require_positive(self, "batch_size", "crops_per_map")
        require_within(self, 0, 1, "object_fraction", "hard_fraction", "drop_probability")
        require_within(self, 0, 1, "streak_probability", "paste_probability")
        require_within(self, 1, 4, "zoom")
        require_within(self, 0, 10, "gain", "offset", "noise")
        require_within(self, 0, 1_000_000, "workers", "cache_mb")
        if self.object_fraction + self.hard_fraction > 1:
            msg = (
                f"object_fraction={self.object_fraction:g} and hard_fraction="
                f"{self.hard_fraction:g}: wanted no more than 1 together"
            )
            raise ConfigurationError(msg)
        if self.batch_size % self.crops_per_map:
            msg = (
                f"batch_size={self.batch_size}: wanted a multiple of "
                f"crops_per_map={self.crops_per_map}"
            )
            raise ConfigurationError(msg)
        if self.fold is not None and not 0 <= self.fold < self.folds:
            msg = f"fold={self.fold}: wanted null, or 0 to {self.folds - 1} of folds={self.folds}"
            raise ConfigurationError(msg)
        if self.validation_maps is not None:
            require_positive(self, "validation_maps")


@dataclass(frozen=True)
class LossSettings:
    """What is made small: a sum of terms.

    Parameters
    ----------
    terms : dict of str to float
        Weight of each term; names in the registry of `hotspots.training.losses`.
    class_weights : list of float or None
        Weight of each class in the terms that count cells; None: all alike.
    focal_gamma : float
        How much the focal term overlooks cells that are already right.
    tversky_false_positive, tversky_false_negative : float
        Costs of the two mistakes in the Tversky term; 0.5 and 0.5 are the Dice term.

    Raises
    ------
    ConfigurationError
        If a weight is not positive.
    """

    terms: dict[str, float] = field(default_factory=dict)
    class_weights: list[float] | None = None
    focal_gamma: float = 2.0
    tversky_false_positive: float = 0.3
    tversky_false_negative: float = 0.7

    def __post_init__(self) -> None:
        weights = [*self.terms.values(), *(self.class_weights or [])]
        if not all(weight > 0 for weight in weights):
            msg = (
                f"loss.terms={self.terms}, class_weights={self.class_weights}: wanted weights "
                "above zero"
            )
            raise ConfigurationError(msg)
        require_within(self, 0, 10, "focal_gamma")
        require_within(self, 0, 1, "tversky_false_positive", "tversky_false_negative")


@dataclass(frozen=True)
class OptimSettings:
    """How the weights move (AdamW).

    Parameters
    ----------
    learning_rate : float
        Its largest value.
    schedule : str
        ``cosine``: straight up, then half a cosine down to a thousandth; ``one_cycle``: up
        and down along cosines; ``constant``: straight up, and there it stays.
    warmup_fraction : float
        Part of the steps on the way up.
    weight_decay : float
        Of convolutions and linear maps; norms and offsets have none.
    clip_norm : float
        Longer gradients are shortened to this.
    average_decay : float
        Memory of the running mean of the weights, which is what is kept; 0: the last ones.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    learning_rate: float = 2e-3
    schedule: str = "one_cycle"
    warmup_fraction: float = 0.15
    weight_decay: float = 1e-2
    clip_norm: float = 5.0
    average_decay: float = 0.998

    def __post_init__(self) -> None:
        require_positive(self, "learning_rate", "clip_norm")
        require_within(self, 0, 1, "warmup_fraction", "weight_decay")
        require_within(self, 0, 0.99999, "average_decay")
        if self.schedule not in {"cosine", "one_cycle", "constant"}:
            msg = f"schedule={self.schedule}: wanted cosine, one_cycle or constant"
            raise ConfigurationError(msg)


@dataclass(frozen=True)
class TrainerSettings:
    """What runs the steps.

    Parameters
    ----------
    epochs : int
        Rounds; after each the kept-out maps are looked at and a checkpoint is written.
    steps_per_epoch : int
        Steps in a round.
    accelerator, strategy : str
        As Lightning names them: ``auto``, ``cpu``, ``gpu``; ``auto``, ``ddp`` ...
    devices : int
        How many of them; -1: all there are.
    precision : str
        As Lightning names it; ``auto``: ``bf16-mixed`` or ``16-mixed`` on a GPU, 32 bits on
        the CPU, where less is slower.
    threads : int or None
        Threads of torch; None: as many as there are cores.
    pictures : int
        Kept-out maps of which a picture is drawn after each round.
    progress : bool
        Draw a bar on a terminal.

    Raises
    ------
    ConfigurationError
        If a number is outside its range.
    """

    epochs: int = 20
    steps_per_epoch: int = 500
    accelerator: str = "auto"
    strategy: str = "auto"
    devices: int = 1
    precision: str = "auto"
    threads: int | None = None
    pictures: int = 2
    progress: bool = True

    def __post_init__(self) -> None:
        require_positive(self, "epochs", "steps_per_epoch")
        require_within(self, 0, 64, "pictures")
        if self.devices != -1:
            require_positive(self, "devices")
        if self.threads is not None:
            require_positive(self, "threads")
