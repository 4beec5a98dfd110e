"""One visit from its files to its sources: `run_visit`, and a module for each stage."""

from hotspots.pipeline.outcome import VisitOutcome
from hotspots.pipeline.visit import run_visit

__all__ = ["VisitOutcome", "run_visit"]
