"""Settings of a run: one frozen dataclass a stage, mirrored one to one by ``conf/*.yaml``.

The dataclasses hold names, types and the checks; the YAML files hold the values that
are used and explain each to the person who turns it.  ``hotspots.cli.compose`` fills the
first from the second, so that everything past the command line gets plain values that
are already known to be sane.  A new setting is a field of its dataclass and a line in
its YAML file.
"""

from hotspots.config.across_visits import AcrossVisitsSettings
from hotspots.config.instrument import InstrumentSettings
from hotspots.config.limits import LimitSettings
from hotspots.config.radiometer import RadiometerSettings
from hotspots.config.run import (
    BackendChoice,
    EngineSettings,
    InferSettings,
    MappingSettings,
    ProductSettings,
)
from hotspots.config.stages import (
    CalibrationSettings,
    DetectorSettings,
    GridSettings,
    PhotometrySettings,
    PointingSettings,
)

__all__ = [
    "AcrossVisitsSettings",
    "BackendChoice",
    "CalibrationSettings",
    "DetectorSettings",
    "EngineSettings",
    "GridSettings",
    "InferSettings",
    "InstrumentSettings",
    "LimitSettings",
    "MappingSettings",
    "PhotometrySettings",
    "PointingSettings",
    "ProductSettings",
    "RadiometerSettings",
]
