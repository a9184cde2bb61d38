"""共享库: where it is, how the exchange stands, and what waits for a decision."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The page of the shared database; its module is imported on first use, for a quick start."""
    made: Page = import_module("inspector_app.ui.pages.shared.page").make(context)
    return made
