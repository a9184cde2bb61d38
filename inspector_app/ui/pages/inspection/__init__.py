"""The page on which one site inspection is filled in, item by item, and what follows from it."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The inspection page; its module is imported on first use, for a quick start."""
    made: Page = import_module("inspector_app.ui.pages.inspection.page").make(context)
    return made
