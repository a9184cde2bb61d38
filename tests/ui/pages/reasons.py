"""Answers the question why somebody wants to see personal data, as a user does."""

from PySide6.QtWidgets import QApplication

from inspector_app.ui.pages.reveal import ReasonDialog
from tests.ui.pages.conftest import Driver
from tests.ui.typing import commit


def asked() -> ReasonDialog:
    """The question that is open."""
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReasonDialog)]
    return next(one for one in reversed(found) if one.isVisible())


def give_reason(user: Driver, why: str = "") -> None:
    """Take the usual reason, or type one."""
    dialog = asked()
    if why:
        commit(dialog.other.edit, why)
    dialog.go.click()
    user.quiet()
