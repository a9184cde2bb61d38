"""Pictures of the building blocks: a change of look is looked at before it is accepted."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from inspector_app.ui.screenshot import grab, png, settle
from tests.conftest import PictureCheck
from tests.helpers.gallery import make_window


@pytest.mark.parametrize(
    ("page", "look", "scale", "size"),
    [
        ("home", "light", 1.0, (1440, 900)),
        ("cases", "dark", 1.25, (1680, 1050)),
        ("papers", "light", 1.0, (1366, 768)),
    ],
)
def test_sample_pages_look_as_they_were_accepted(
    qtbot: QtBot,
    tmp_path: Path,
    picture_check: PictureCheck,
    page: str,
    look: str,
    scale: float,
    size: tuple[int, int],
) -> None:
    window = make_window(tmp_path, look, scale)
    qtbot.addWidget(window)
    window.open_page(page)
    picture_check(f"ui/gallery_{page}_{look}_{size[0]}", grab(window, size, 120))


def test_the_palette_looks_as_it_was_accepted(
    qtbot: QtBot, tmp_path: Path, picture_check: PictureCheck
) -> None:
    window = make_window(tmp_path, "dark")
    qtbot.addWidget(window)
    grab(window, (1280, 720), 120)
    window.palette_.open()
    window.palette_.edit.setText("qh")
    qtbot.waitUntil(lambda: len(window.palette_.lines()) >= 5)
    settle()
    picture_check("ui/gallery_palette_dark", png(window.grab()))
