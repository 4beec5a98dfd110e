"""What a network reads and answers: the facts that its weights are worthless without."""

from dataclasses import dataclass
from typing import Any

from hotspots.errors import ModelError

__all__ = ["NetSpec"]


@dataclass(frozen=True)
class NetSpec:
    """Name, inputs and outputs of a network.

    Parameters
    ----------
    name : str
        Name in the registry of `hotspots.nets.build`, such as ``small``.
    planes : tuple of str
        Planes of the input, in the order of its channels.
    scales : tuple of str
        Numbers that describe the whole map (pixel size, exposure ...), in the order of the
        conditioning vector.
    classes : tuple of str
        Classes of the output, in the order of its channels; the first is the background.

    Raises
    ------
    ModelError
        If there are no planes, fewer than two classes, or a name comes twice.
    """

    name: str
    planes: tuple[str, ...]
    scales: tuple[str, ...] = ()
    classes: tuple[str, ...] = ("background", "hotspot", "lava_lake")

    def __post_init__(self) -> None:
        for field, least in (("planes", 1), ("scales", 0), ("classes", 2)):
            names = tuple(getattr(self, field))
            object.__setattr__(self, field, names)  # YAML brings lists
            if len(names) < least or len(set(names)) < len(names):
                msg = f"{field}={list(names)}: wanted at least {least} different names"
                raise ModelError(msg)
            if not all(isinstance(name, str) and name for name in names):
                msg = f"{field}={list(names)}: wanted words"
                raise ModelError(msg)

    def as_dict(self) -> dict[str, Any]:
        """Plain lists and words, as they stand in ``model.yaml``."""
        return {
            "name": self.name,
            "planes": list(self.planes),
            "scales": list(self.scales),
            "classes": list(self.classes),
        }
