"""The page of one clue, and the parts the clue register shows beside its list."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The clue page; its module is imported on first use."""
    made: Page = import_module("inspector_app.ui.pages.clue.page").make(context)
    return made
