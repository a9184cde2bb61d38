"""Lengths that follow the text size: layouts and fixed sizes remember their 100 % values."""

from typing import Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout, QWidget

from inspector_app.ui.theme.current import tokens

_BOX = "px_box"
_FIX = "px_fix"
LayoutT = TypeVar("LayoutT", bound=QLayout)
WidgetT = TypeVar("WidgetT", bound=QWidget)
Margins = tuple[int, int, int, int]


@runtime_checkable
class Rescaled(Protocol):
    """A widget with lengths of its own to set again when look or text size change."""

    def rescale(self) -> None:
        """Set the lengths from the tokens now in force."""


def box(layout: LayoutT, margins: Margins = (0, 0, 0, 0), spacing: int = 0) -> LayoutT:
    """Give a layout its margins and spacing in px at 100 %."""
    layout.setProperty(_BOX, [*margins, spacing])
    _scale_layout(layout)
    return layout


def fix(
    widget: WidgetT,
    *,
    width: int | None = None,
    height: int | None = None,
    min_width: int | None = None,
    max_width: int | None = None,
    min_height: int | None = None,
    max_height: int | None = None,
    icon: int | None = None,
) -> WidgetT:
    """Give a widget lengths in px at 100 %: fixed, least, most, or the size of its icon."""
    given = {
        "width": width,
        "height": height,
        "min_width": min_width,
        "max_width": max_width,
        "min_height": min_height,
        "max_height": max_height,
        "icon": icon,
    }
    widget.setProperty(_FIX, {k: v for k, v in given.items() if v is not None})
    _scale_widget(widget)
    return widget


def _scale_layout(layout: QLayout) -> None:
    values = layout.property(_BOX)
    if values:
        t = tokens()
        left, top, right, bottom, spacing = (t.px(v) for v in values)
        layout.setContentsMargins(left, top, right, bottom)
        layout.setSpacing(spacing)


def _scale_widget(widget: QWidget) -> None:
    t = tokens()
    setters = {
        "width": widget.setFixedWidth,
        "height": widget.setFixedHeight,
        "min_width": widget.setMinimumWidth,
        "max_width": widget.setMaximumWidth,
        "min_height": widget.setMinimumHeight,
        "max_height": widget.setMaximumHeight,
    }
    for key, value in (widget.property(_FIX) or {}).items():
        if key != "icon":
            setters[key](t.px(value))
        elif isinstance(widget, QAbstractButton):
            widget.setIconSize(QSize(t.px(value), t.px(value)))


def rescale_tree(top: QWidget) -> None:
    """Set every length below (and of) a widget for the tokens in force."""
    for layout in top.findChildren(QLayout):
        _scale_layout(layout)
    for widget in (top, *top.findChildren(QWidget)):
        _scale_widget(widget)
        if isinstance(widget, Rescaled):
            widget.rescale()
        QWidget.update(widget)  # item views overload update() with an index


def rescale_all(app: QApplication) -> None:
    """Set every length in every open window."""
    for top in app.topLevelWidgets():
        rescale_tree(top)
