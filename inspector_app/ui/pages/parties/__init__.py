"""单位与项目: who employs and who builds, found by name or pinyin, with their cases."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The page of employers and projects; its module is imported on first use."""
    made: Page = import_module("inspector_app.ui.pages.parties.page").make(context)
    return made
