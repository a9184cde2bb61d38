"""法规与规则: every rule the office goes by, what it stands on, and the bureau's own values."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The rule browser; its module is imported on first use, for a quick start."""
    made: Page = import_module("inspector_app.ui.pages.law.page").make(context)
    return made
