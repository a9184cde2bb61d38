"""Turn tokens into palette and style sheet and put them on the application."""

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from inspector_app.ui.theme import current
from inspector_app.ui.theme.fonts import ui_families, ui_font
from inspector_app.ui.theme.scaling import rescale_all
from inspector_app.ui.theme.tokens import Tokens, read_tokens

_FUSION = "fusion_is_set"
BODY_SIZE = 14  # 14 px at 96 dpi is 五号, what users of WPS read all day


def render_qss(template: str, t: Tokens) -> str:
    """Replace @token by its colour and $n by n px scaled; an unknown token is a bug."""
    flat = t.flat()
    out = re.sub(r"@([a-z_0-9]+)", lambda m: flat[m[1]], template)
    # $rN is a pill radius: rounded down, for Qt drops a radius above half of the widget.
    out = re.sub(r"\$r(\d+)", lambda m: f"{int(int(m[1]) * t.scale)}px", out)
    return re.sub(r"\$(\d+)", lambda m: f"{t.px(int(m[1]))}px", out)


def build_palette(t: Tokens) -> QPalette:
    """The palette for what the style sheet does not reach."""
    made, role = QPalette(), QPalette.ColorRole
    for key, value in {
        role.Window: t.canvas,
        role.WindowText: t.text,
        role.Base: t.surface,
        role.AlternateBase: t.canvas,
        role.Text: t.text,
        role.Button: t.surface,
        role.ButtonText: t.text,
        role.Highlight: t.brand,
        role.HighlightedText: t.on_brand,
        role.PlaceholderText: t.text_3,
        role.ToolTipBase: t.text,
        role.ToolTipText: t.surface,
        role.Link: t.brand,
        role.Accent: t.brand,
        role.Mid: t.border,
        role.Light: t.hover,
    }.items():
        made.setColor(key, QColor(value))
    for key in (role.Text, role.ButtonText, role.WindowText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(t.text_3))
    return made


def apply(
    app: QApplication,
    resources: Path,
    name: str = "light",
    scale: float = 1.0,
    *,
    shipped_fonts_only: bool = False,
) -> Tokens:
    """Put a look in force, also on windows that are already open."""
    t = read_tokens(resources / "theme")[name].scaled(scale)
    families = ui_families(resources / "fonts", shipped_only=shipped_fonts_only)
    current.set_current(t, resources, families)
    # Below a style sheet the style tells no name; set anew it would polish every widget once more.
    if not app.property(_FUSION):
        app.setStyle("Fusion")
        app.setProperty(_FUSION, True)
    dark = name == "dark"
    QGuiApplication.styleHints().setColorScheme(
        Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light
    )
    app.setFont(ui_font(families, t.px(BODY_SIZE)))
    app.setPalette(build_palette(t))
    template = (resources / "theme" / "window.qss").read_text(encoding="utf-8")
    app.setStyleSheet(render_qss(template, t))
    rescale_all(app)
    current.notifier().changed.emit()
    return t
