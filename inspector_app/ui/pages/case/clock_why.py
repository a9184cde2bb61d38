"""The reason of a date in full: start, count, days passed over, extension, article, how checked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.events import CaseEvent
from inspector_app.domain.law import ForceLevel, TextLevel
from inspector_app.domain.terms import Term, date_text, weekday_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.clocks import CaseClock
from inspector_app.ui.pages.case.clocks import CHOSEN, EARLIER, FOLD, Shown
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import FactGrid, label
from inspector_app.ui.widgets.buttons import button

_MARKS = {
    EARLIER: "国家和河南的规定并行，本局取较早的一个。",
    CHOSEN: "国家和河南的规定并行，本局在设置里选用这一个。",
    "": "",
}
OTHER_LEADS = "国家和河南的规定并行，本局按另一个办理，这一项只供参照。"


class ClockWhy(QWidget):
    """One reason at a time; `folded` when it is left."""

    folded = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), (16, 10, 12, 12), 8)
        head = box(QHBoxLayout(), spacing=8)
        self.title = label("", "sectionTitle", wrap=True)
        head.addWidget(self.title, 1)
        self.fold = button(FOLD, "link", tip="Esc", clicked=self.folded.emit)
        head.addWidget(self.fold)
        column.addLayout(head)
        self.facts = FactGrid(4)
        column.addWidget(self.facts)
        below = box(QVBoxLayout(), spacing=2)
        self.why = label("", "body", wrap=True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.notes = label("", "body", wrap=True)
        below.addWidget(self.why)
        below.addWidget(self.notes)
        column.addLayout(below)
        self.hide()

    def explain(self, shown: Shown, sheet: CaseSheet, term: Term | None) -> None:
        """Show the whole reasoning of one date."""
        clock = shown.clock
        self.title.setText(f"{clock.title}为什么是 {shown.when}")
        self.facts.show_facts(_facts(clock, term))
        self.why.setText(clock.why)
        notes = _notes(shown, sheet)
        self.notes.setText("\n".join(notes))
        self.notes.setVisible(bool(notes))
        self.setAccessibleName(f"{self.title.text()}。{clock.why}")


def _facts(clock: CaseClock, term: Term | None) -> list[tuple[str, ...]]:
    level = "指令书自己写明的期限"
    if term is not None:
        read = TextLevel(term.text_level).label
        level = f"{read}，{ForceLevel(term.force_level).label}"
    return [
        ("从哪天起算", f"{clock.start_event} {date_text(clock.start)}"),
        ("谁的期限", clock.whose.label),
        ("依据", clock.article or "没有可引用的条文"),
        ("核对到哪一步", level),
    ]


def _notes(shown: Shown, sheet: CaseSheet) -> list[str]:
    """What was done to the clock in this case, and which other one stands beside it."""
    clock = shown.clock
    found = [_extended(clock, one) for one in _events(sheet, "extend", clock.rule)]
    found += [_stopped(sheet, one) for one in _events(sheet, "stop", clock.rule) if clock.stops]
    if clock.done_on:
        late = "，已经逾期" if shown.late else ""
        found.append(f"{weekday_text(clock.done_on)}办结{late}。")
    if clock.provisional:
        found.append("所跨年份的放假安排还没有公布，日期是暂定的，公布后重新计算。")
    found.append(_MARKS.get(shown.mark, OTHER_LEADS))
    return [one for one in found if one]


def _events(sheet: CaseSheet, step: str, rule: str) -> list[CaseEvent]:
    return [
        one for one in sheet.events if one.step == step and (not one.rules or rule in one.rules)
    ]


def _extended(clock: CaseClock, event: CaseEvent) -> str:
    who = f"{event.approver}批准" if event.approver else "批准人没有登记"
    before = f"，原到 {date_text(clock.due)}" if clock.extended_due else ""
    return f"{date_text(event.on)}延长，{who}{before}：{event.note}".rstrip("：") + "。"


def _stopped(sheet: CaseSheet, event: CaseEvent) -> str:
    outcomes = sheet.situation.procedure.steps["stop"].outcomes or {}
    until = f"至{date_text(event.until)}" if event.until else "起，还没有恢复"
    return f"{date_text(event.on)}{until}中止计时（{outcomes.get(event.outcome, '其他')}）。"
