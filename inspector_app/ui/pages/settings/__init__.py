"""设置: the bureau's own choices, its inspectors, and what belongs to this PC."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The settings page; its module is imported on first use, for a quick start."""
    made: Page = import_module("inspector_app.ui.pages.settings.page").make(context)
    return made
