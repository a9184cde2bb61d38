"""The look: contrast, templates, icons, fonts, and switching while windows are open."""

import re
import tomllib

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QFontInfo, QIcon, QRawFont
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inspector_app.ui.theme import current, style
from inspector_app.ui.theme.fonts import ui_families
from inspector_app.ui.theme.icons import IconLabel, icon, nav_icon, pixmap
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.theme.tokens import THEME_NAMES, Tokens, read_tokens
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button
from tests.ui.fakes import RESOURCES

TEXT_PAIRS = (
    ("text", "surface"),
    ("text_2", "surface"),
    ("text_3", "surface"),
    ("text_3", "canvas"),
    ("text_3", "nav"),
    ("brand", "surface"),
    ("brand", "brand_tint"),
    ("on_brand", "brand"),
    ("on_brand", "brand_hover"),
    ("on_solid", "danger_solid"),
    ("text_2", "selection"),
    ("text_3", "selection"),
    ("text_2", "warning_tint"),
    *((f"{tone}_fg", f"{tone}_tint") for tone in ("danger", "warning", "success", "info")),
    *((f"{tone}_fg", f"{tone}_tint") for tone in ("neutral", "violet")),
)


def looks() -> dict[str, Tokens]:
    return read_tokens(RESOURCES / "theme")


def luminance(colour: str) -> float:
    made = QColor(colour)
    parts = (made.redF(), made.greenF(), made.blueF())
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_words_can_be_read_on_their_ground(name: str, text: str, ground: str) -> None:
    look = looks()[name]
    assert contrast(look.colour(text), look.colour(ground)) >= 4.5


@pytest.mark.parametrize("name", THEME_NAMES)
def test_every_mark_of_the_style_sheet_is_known(name: str) -> None:
    template = (RESOURCES / "theme" / "window.qss").read_text(encoding="utf-8")
    made = style.render_qss(template, looks()[name].scaled(1.25))
    without_comments = re.sub(r"/\*.*?\*/", "", made, flags=re.DOTALL)
    assert "@" not in without_comments
    assert "$" not in without_comments


def test_an_unknown_mark_is_a_bug() -> None:
    with pytest.raises(KeyError):
        style.render_qss("QLabel { color: @nothing; }", looks()["light"])


def test_pill_radii_are_rounded_down_and_lengths_to_the_nearest() -> None:
    look = looks()["light"].scaled(1.25)
    assert style.render_qss("$r9 $9", look) == "11px 11px"
    assert style.render_qss("$r15 $15", look) == "18px 19px"


def test_colours_and_tones_are_found_by_name_and_unknown_ones_are_bugs() -> None:
    look = looks()["light"]
    assert look.colour("danger_solid") == look.danger.solid
    assert look.colour("text_2") == look.text_2
    with pytest.raises(KeyError):
        look.tone("text")
    with pytest.raises(KeyError):
        look.colour("scale")


def test_no_colour_or_style_sheet_stands_outside_the_theme() -> None:
    root = RESOURCES.parent / "inspector_app" / "ui"
    for path in root.rglob("*.py"):
        if "theme" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        assert "setStyleSheet" not in text, path
        assert not re.search(r'"#[0-9A-Fa-f]{3,8}"', text), path


def test_every_icon_is_listed_and_every_listed_icon_is_there() -> None:
    folder = RESOURCES / "icons"
    listed = tomllib.loads((folder / "icons.toml").read_text(encoding="utf-8"))
    files = {path.stem for path in folder.glob("*.svg")}
    assert files == {f"{name}_{kind}" for name in listed["icons"] for kind in ("regular", "filled")}
    assert "MIT License" in (folder / "LICENSE.txt").read_text(encoding="utf-8")


def test_every_icon_named_in_the_code_exists() -> None:
    files = {path.stem for path in (RESOURCES / "icons").glob("*.svg")}
    root = RESOURCES.parent / "inspector_app" / "ui"
    named: set[str] = set()
    for path in root.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'"([a-z_]+_(?:16|20|24)(?:_regular|_filled)?)"', text))
    assert named
    for name in named:
        full = name if name.endswith(("_regular", "_filled")) else f"{name}_regular"
        assert full in files, name


def test_icons_take_the_colour_of_the_look_in_force(qapp: QApplication) -> None:
    picture = icon("home_20_filled", "brand")
    light = picture.pixmap(20, 20).toImage()
    style.apply(qapp, RESOURCES, "dark", shipped_fonts_only=True)
    dark = picture.pixmap(20, 20).toImage()
    assert light != dark
    assert dark.pixelColor(10, 6).name().upper() == looks()["dark"].brand


def test_navigation_icons_are_filled_when_chosen_and_grey_when_disabled() -> None:
    picture = nav_icon("home_20")
    off = picture.pixmap(20, 20, QIcon.Mode.Normal, QIcon.State.Off).toImage()
    on = picture.pixmap(20, 20, QIcon.Mode.Normal, QIcon.State.On).toImage()
    disabled = picture.pixmap(20, 20, QIcon.Mode.Disabled, QIcon.State.Off).toImage()
    assert off != on
    assert disabled != off


def test_an_icon_may_be_copied_and_extended() -> None:
    first = icon("home_20")
    second = QIcon(first)
    second.addPixmap(pixmap("print_20_regular", "black", 20))
    assert not first.pixmap(20, 20).isNull()
    assert not second.pixmap(20, 20).isNull()


def test_the_shipped_font_covers_chinese_and_is_used(qapp: QApplication) -> None:
    families = ui_families(RESOURCES / "fonts", shipped_only=True)
    assert any("Sans" in name for name in families)
    assert QFontInfo(qapp.font()).family() in families


def test_titles_are_set_in_a_semi_bold_cut(qapp: QApplication, qtbot: QtBot) -> None:
    title = label("我的待办", "pageTitle")
    qtbot.addWidget(title)
    title.ensurePolished()
    drawn = QRawFont.fromFont(title.font(), QFontDatabase.WritingSystem.SimplifiedChinese)
    assert (drawn.styleName(), drawn.weight()) == ("SemiBold", 600)


def test_installed_fonts_come_before_the_shipped_one() -> None:
    families = ui_families(RESOURCES / "fonts", shipped_only=False)
    assert any("Sans SC" in name for name in families)


def test_lengths_follow_the_text_size_in_open_windows(qapp: QApplication, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    row = box(QHBoxLayout(holder), (10, 0, 10, 0), 8)
    wide = fix(QLabel("字"), width=100, min_height=20)
    press = button("打印", icon_name="print_20")
    row.addWidget(wide)
    row.addWidget(press)
    row.addWidget(IconLabel("home_20", "brand", 20, "brand_tint"))
    style.apply(qapp, RESOURCES, "light", 1.25, shipped_fonts_only=True)
    assert wide.width() == 125
    assert row.spacing() == 10
    assert press.iconSize().width() == 22
    holder.grab()


def test_the_switch_of_look_is_told_once(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(current.notifier().changed):
        style.apply(qapp, RESOURCES, "dark", shipped_fonts_only=True)
    assert current.tokens().name == "dark"
    assert current.resources() == RESOURCES
    assert current.families()


def test_asking_for_tokens_before_a_look_is_in_force_is_a_bug(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(current, "_state", current._State())
    with pytest.raises(RuntimeError):
        current.tokens()
    with pytest.raises(RuntimeError):
        current.resources()
