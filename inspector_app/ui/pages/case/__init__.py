"""The page of one case, and the parts of it that other pages show beside their lists."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The case page; its module is imported on first use, for lists only need the small parts."""
    made: Page = import_module("inspector_app.ui.pages.case.page").make(context)
    return made
