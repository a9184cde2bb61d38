"""The window says that the ledger is shorter than it was, and puts it away when asked."""

from pathlib import Path
from typing import Any, cast

from pytestqt.qtbot import QtBot

from inspector_app.ledger.last_step import LastStep, Loss
from inspector_app.ledger.ledger import Ledger
from inspector_app.ui.loss_notice import show_loss
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.buttons import Button


class Behind:
    """As much of a ledger as the notice asks for."""

    def __init__(self, path: Path) -> None:
        self.path, self.last_step = path, LastStep(path)

    def lost(self) -> Loss | None:
        return self.last_step.loss()


def test_a_loss_is_shown_until_it_was_read(qtbot: QtBot, tmp_path: Path) -> None:
    behind: Any = Behind(tmp_path / "ledger.db")
    behind.last_step._keep(Loss(9, 6, 7))
    banner = Banner()
    qtbot.addWidget(banner)
    show_loss(banner, cast("Ledger", behind))
    assert "少了最后 3 步操作" in banner.text()
    assert str(tmp_path / "backup") in banner.text()
    (known,) = banner.findChildren(Button)
    known.click()
    assert not banner.isVisible()
    assert behind.lost() is None
    show_loss(banner, cast("Ledger", behind))
    assert not banner.isVisible()
