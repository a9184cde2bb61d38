"""The head of a case wherever it is shown: name, pill, number, the line of stages, the facts."""

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector_app.domain.procedure import SUB_STATES
from inspector_app.domain.terms import Whose, date_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.clocks import CaseClock
from inspector_app.ui.context import UiContext
from inspector_app.ui.pages.case.words import (
    STAGES,
    amount_text,
    due_tone,
    due_words,
    paid_text,
    people_text,
    skipped_places,
    stage_place,
    stage_tone,
    workers_text,
)
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import Elided, FactGrid, clear_layout
from inspector_app.ui.widgets.pills import Pill, Stepper


def first_clock(sheet: CaseSheet) -> CaseClock | None:
    """The clock that runs out first, of those the office has to keep and goes by."""
    own = (one for one in sheet.clocks if one.leading and one.whose is Whose.OFFICE)
    return next(own, None)


def pill_of(sheet: CaseSheet) -> tuple[str, str]:
    """Words and tone of the pill beside the name: the deadline, or that the case is over."""
    stage, clock = sheet.case.stage, first_clock(sheet)
    if stage.ended or clock is None:
        return stage.label, stage_tone(stage)
    tone = due_tone(clock.level)
    return due_words(clock.level, clock.days_left), "neutral" if tone == "none" else tone


def sub_line(sheet: CaseSheet) -> str:
    """平人社监〔2026〕137号　城东安置房三标段."""
    project = sheet.project.name if sheet.project else ""
    return "　".join(part for part in (sheet.case.case_no, project) if part)


def fact_rows(sheet: CaseSheet) -> list[tuple[str, ...]]:
    """The six facts of a case one asks for first."""
    case, amount = sheet.case, sheet.amount_fen
    return [
        ("涉及人数", workers_text(sheet.workers)),
        ("涉及金额", amount_text(amount) if amount is not None else case.stated_amount or "—"),
        ("已支付", paid_text(sheet.totals.settled_fen, amount or 0)),
        ("尚欠", amount_text(sheet.owing_fen)),
        ("立案日期", date_text(case.filed_on)),
        ("承办人", people_text(sheet.lead, sheet.assist)),
    ]


class CaseHead(QWidget):
    """Name with pill, the number below, and the line of stages.

    On the case page the name stands in the page's own head: `names=False` shows the stage instead.
    """

    def __init__(
        self, context: UiContext, right: QWidget | None = None, *, names: bool = True
    ) -> None:
        super().__init__()
        self._context, self._names = context, names
        column = box(QVBoxLayout(self), spacing=10)
        line = box(QHBoxLayout(), spacing=8)
        self.title = Elided("", "detailTitle")
        self.pill = Pill()
        line.addWidget(self.title, 1)
        line.addWidget(self.pill)
        if right is not None:
            line.addWidget(right)
        column.addLayout(line)
        self.below = Elided("", "body")
        column.addWidget(self.below)
        self.beside = QWidget()
        self._beside = box(QHBoxLayout(self.beside), spacing=6)
        self.beside.hide()
        column.addWidget(self.beside)
        self.stepper = Stepper(STAGES)
        column.addWidget(self.stepper)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show a case."""
        self.title.set_full(sheet.employer.name if self._names else sheet.case.stage.label)
        self.pill.set_pill(*pill_of(sheet))
        self.below.set_full(sub_line(sheet))
        self.below.setVisible(self._names)
        self._show_beside(sheet)
        procedure, stage = sheet.situation.procedure, sheet.case.stage
        skipped = skipped_places(procedure, sheet.case, sheet.events)
        self.stepper.show_stage(stage_place(procedure, stage), stage_tone(stage), skipped)
        self.stepper.show()

    def _show_beside(self, sheet: CaseSheet) -> None:
        """What runs beside the stage: 先行登记保存, 等待询问答复 …"""
        clear_layout(self._beside)
        for state in sheet.beside:
            self._beside.addWidget(Pill(SUB_STATES[state], "violet"))
        self._beside.addStretch()
        self.beside.setVisible(bool(sheet.beside))

    def show_words(self, title: str, pill: tuple[str, str], below: str) -> None:
        """Show something that is no case: no stages."""
        self.title.set_full(title)
        self.pill.set_pill(*pill)
        self.below.set_full(below)
        self.stepper.hide()
        self.beside.hide()


def facts_grid(columns: int = 2) -> FactGrid:
    """Facts side by side, no higher than they need be."""
    made = FactGrid(columns)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return made
