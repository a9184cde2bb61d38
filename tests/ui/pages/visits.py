"""Inspections as the tests begin, open and answer them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from inspector_app.domain.inspections import Answer
from inspector_app.services.inspections import (
    InspectionForm,
    InspectionSheet,
    inspection_sheet,
    start_inspection,
)
from inspector_app.ui.pages.inspection.page import InspectionPage
from tests.ui.pages.conftest import WAIT, Driver
from tests.ui.pages.scene import TODAY

UNIT = "青禾建筑劳务有限公司"
CTRL = Qt.KeyboardModifier.ControlModifier


def begun(user: Driver, checklist: str = "construction") -> str:
    case = user.scene.cases[UNIT]
    form = InspectionForm(
        checklist,
        TODAY,
        case.scope,
        employer_id=case.employer_id,
        project_id=case.project_id,
        inspector_ids=tuple(one.id for one in user.scene.people),
        place="项目部会议室",
    )
    return start_inspection(user.scene.desk, form).id


def opened(user: Driver, visit: str) -> InspectionPage:
    page = user.open("inspection", visit)
    assert isinstance(page, InspectionPage)
    return page


def sheet(user: Driver, page: InspectionPage) -> InspectionSheet:
    return inspection_sheet(user.scene.desk, str(page.place()))


def given(user: Driver, page: InspectionPage, item: str) -> tuple[Answer | None, str]:
    line = next(one for one in sheet(user, page).lines if one.item.id == item)
    return line.answer, line.note


def key(user: Driver, page: InspectionPage, pressed: Qt.Key) -> None:
    user.qtbot.keyClick(page.items, pressed)
    user.quiet()


def focus(user: Driver, widget: QWidget) -> None:
    """As a click would: the field before it is left."""
    user.window.activateWindow()
    widget.setFocus()
    user.qtbot.waitUntil(widget.hasFocus, timeout=WAIT)


def words(where: object) -> list[str]:
    return [one.text() for one in where.findChildren(QLabel)]  # type: ignore[attr-defined]  # a widget
