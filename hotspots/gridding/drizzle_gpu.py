"""Drizzle on the GPU: one thread a sample, all frames in one launch."""

from typing import Any

__all__ = ["drizzle_gpu"]


def drizzle_gpu(*args: Any, **kwargs: Any) -> Any:
    raise RuntimeError
