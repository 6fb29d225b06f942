"""Wagtail says that a page was published, unpublished or moved: build that module's editions.

The editions are built after the commit, once for each module however many of its pages changed.
"""

import logging
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from modules.editions.building import build_module
from modules.models import ModulePage
from modules.parts import EditionPart

logger = logging.getLogger("elearning.editions")


@dataclass
class Build:
    """What to do at commit, once for all changes that wait for the same commit."""

    module: UUID
    done: bool = False

    def __call__(self) -> None:
        """The page is published already: a failure must not look to its author as if it were not."""
        self.done = True
        try:
            build_module(self.module)
        except Exception:
            logger.exception(
                "The editions of module %s were not built. Mend the cause, then run "
                "manage.py build_editions.",
                self.module,
            )


def build_after_commit(module: UUID) -> None:
    build = Build(module)
    if all(waiting[1] != build for waiting in connection.run_on_commit):
        transaction.on_commit(build)


def page_changed(instance: Page, **_kwargs: Any) -> None:
    if isinstance(instance, ModulePage):
        build_after_commit(instance.uuid)
    elif isinstance(instance, EditionPart):
        module = ModulePage.objects.ancestor_of(instance).first()
        if module:
            build_after_commit(module.uuid)


def page_moved(instance: Page, parent_page_before: Page, **_kwargs: Any) -> None:
    """A part moved within its module (the order changed) or to another one (both changed)."""
    page_changed(instance.specific)
    page_changed(parent_page_before.specific)


def listen() -> None:
    page_published.connect(page_changed, dispatch_uid="editions-published")
    page_unpublished.connect(page_changed, dispatch_uid="editions-unpublished")
    post_page_move.connect(page_moved, dispatch_uid="editions-moved")
