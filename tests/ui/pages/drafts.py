"""Papers as the tests draft, open and type them."""

from PySide6.QtCore import Qt

from inspector_app.services.papers import (
    DraftSheet,
    draft_sheet,
    start_draft,
)
from inspector_app.ui.pages.paper.page import PaperPage
from tests.ui.pages.conftest import WAIT, Driver
from tests.ui.pages.scene import ORDER
from tests.ui.typing import commit

UNIT = "青禾建筑劳务有限公司"
CALL = "interview_notice"
CTRL = Qt.KeyboardModifier.ControlModifier


def drafted(user: Driver, kind: str = ORDER, unit: str = UNIT) -> str:
    return start_draft(user.scene.desk, user.scene.cases[unit].id, kind).id


def opened(user: Driver, paper_id: str) -> PaperPage:
    page = user.open("paper", paper_id)
    assert isinstance(page, PaperPage)
    user.qtbot.waitUntil(lambda: page.preview.page_count() > 0, timeout=WAIT)
    user.quiet()
    return page


def sheet(user: Driver, page: PaperPage) -> DraftSheet:
    return draft_sheet(user.scene.desk, str(page.place()))


def type_over(page: PaperPage, key: str, text: str) -> None:
    editor = page.editor.form.fields[key].editor
    editor.setFocus()
    editor.selectAll()
    commit(editor, text)


def leave_field(user: Driver, page: PaperPage) -> None:
    page.preview.setFocus()
    page.editor.save_now()
    user.quiet()


def shown_dialog(user: Driver, kind: type) -> object:
    user.quiet()  # what it asks about is read first
    found = [one for one in user.window.findChildren(kind) if one.isVisible()]
    assert found, f"no {kind.__name__}"
    return found[-1]
