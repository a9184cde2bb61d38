"""The page of one paper: form at the left, the very page that will be filed at the right."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The paper page; its module is imported on first use, for Qt's PDF parts are slow to load."""
    made: Page = import_module("inspector_app.ui.pages.paper.page").make(context)
    return made
