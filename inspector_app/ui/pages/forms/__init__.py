"""文书格式: the bureau's own versions of the papers' forms, edited in three views."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The form editor; its module is imported on first use, for a quick start."""
    made: Page = import_module("inspector_app.ui.pages.forms.page").make(context)
    return made
