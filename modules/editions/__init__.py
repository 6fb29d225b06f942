"""Editions: what a tablet downloads of a module in one language, immutable once built."""

from modules.editions.building import build, build_module

__all__ = ["build", "build_module"]
