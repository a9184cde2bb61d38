"""工作日历: the days of a year, drawn, corrected by hand, or read from the yearly notice."""

from importlib import import_module

from inspector_app.ui.context import UiContext
from inspector_app.ui.page import Page


def make(context: UiContext) -> Page:
    """The calendar; its module is imported on first use, for a quick start."""
    made: Page = import_module("inspector_app.ui.pages.calendar.page").make(context)
    return made
