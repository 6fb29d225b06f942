"""The bank and the tests of a module that ships, from its files (modules/content/README.md)."""

from assessments.loading.additions import listen

__all__ = ["listen"]
