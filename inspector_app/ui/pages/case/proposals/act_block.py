"""One violation on the fines card: range, articles, evidence, what is missing, what to add."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.deciders import OrderState
from inspector_app.domain.deciders.fine_ranges import is_payment
from inspector_app.domain.deciders.fines import FineLine
from inspector_app.domain.law import FinePer, Violation, grouped
from inspector_app.services.deciders import ActCount
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import IntegerField, MoneyField
from inspector_app.ui.pages.case.proposals.bands import BandChoice
from inspector_app.ui.pages.case.proposals.lines import ReasonList, level_words, missing_line
from inspector_app.ui.pages.case.proposals.ticks import Tick, TickLine
from inspector_app.ui.pages.case.proposals.words import bare, of_line
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import clear_layout, label
from inspector_app.ui.widgets.pills import Pill

NO_DAY = "发生日未填"
NOTHING = ActCount()


class ActBlock(QFrame):
    """`changed` is called after something was typed or chosen in it."""

    def __init__(
        self,
        context: UiContext,
        line: FineLine,
        violation: Violation,
        changed: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setObjectName("tile")
        self.line, self._partner = line, ""
        column = box(QVBoxLayout(self), (12, 10, 12, 10), 6)
        self._facts = box(QVBoxLayout(), spacing=4)
        column.addLayout(self._facts)
        self.reasons = ReasonList()
        column.addWidget(self.reasons)
        self.form = Form(8)
        fields = _fields(context, line, violation)
        if fields:
            self.form.add(*fields)
        self.form.changed.connect(changed)
        self.form.setVisible(bool(fields))
        column.addWidget(self.form)
        self.same = TickLine(Tick("same", "同一行为"))
        self.same.box.clicked.connect(lambda _on: changed())
        self.same.hide()
        column.addWidget(self.same)
        self.bands = BandChoice(changed)
        column.addWidget(self.bands)
        self.show_line(line, "")

    # ── what was added by hand ───────────────────────────────────────────────────────────────
    def count(self) -> ActCount:
        """What was typed and chosen; equal to NOTHING when nothing was."""
        day = self.form.fields.get("on")
        return ActCount(
            on=day.day() if isinstance(day, DateField) else None,
            people=self._number("people"),
            months=self._number("months"),
            base_fen=self._number("base_fen"),
            band=self.bands.chosen(),
        )

    def _number(self, key: str) -> int | None:
        field = self.form.fields.get(key)
        value = field.value() if field else None
        return value if isinstance(value, int) else None

    def clear(self) -> None:
        """Nothing was typed or chosen."""
        self.form.set_values(dict.fromkeys(self.form.fields))
        self.bands.reset()
        self.same.box.setChecked(False)

    def joins(self) -> str:
        """The earlier violation this is one act with; "" while it stands alone."""
        return self._partner if self.same.box.isChecked() else ""

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_line(self, line: FineLine, partner: str) -> None:
        """Show what is proposed now; `partner` is an earlier violation under the same article."""
        self.line, self._partner = line, partner
        clear_layout(self._facts)
        self._facts.addWidget(_head(line))
        cited = (("违反", line.breaches), ("罚则", line.penalties))
        told = "\n".join(f"{name} {grouped(articles)}" for name, articles in cited if articles)
        told = "　".join(part for part in (told, level_words(line.basis)) if part)
        self._facts.addWidget(label(told, "caption", wrap=True))
        found = [f"{one.code} {one.words}" for one in line.evidence if one.sources]
        if found:
            self._facts.addWidget(label(f"已有证据：{'；'.join(found)}", "body", wrap=True))
        if line.order is OrderState.UNHEEDED:
            words = f"责令改正：{line.order_number}{line.order.label}"
            self._facts.addWidget(label(words, "body", wrap=True))
        for text in line.missing:
            self._facts.addWidget(missing_line(bare(text, line.code)))
        self.reasons.show_reasons(line.reasons, line.basis)
        self.bands.show_bands(line.bands)
        on = self.same.box.isChecked()
        self.same.show_tick(Tick("same", "", on, f"与 {partner} 是同一行为，按罚款数额高的处罚"))
        self.same.setVisible(bool(partner))


def _head(line: FineLine) -> QWidget:
    """GZ-09 name, with the range at the right; what does not count is muted."""
    made = QWidget()
    row = box(QHBoxLayout(made), spacing=8)
    name = label(f"{line.code}　{line.name}", "value", wrap=True)
    name.setProperty("strong", "true")
    row.addWidget(name, 1)
    if line.stop_work:
        row.addWidget(Pill("责令停工", "neutral"), 0, Qt.AlignmentFlag.AlignTop)
    counts = line.unit_counts or line.person_counts
    fined = line.unit is not None or line.person is not None
    words = of_line(line) if counts or not fined else f"{of_line(line)}（不计入）"
    row.addWidget(label(words, "value" if counts else "muted"), 0, Qt.AlignmentFlag.AlignTop)
    return made


def _fields(context: UiContext, line: FineLine, violation: Violation) -> list[FormField]:
    """Only what the fine of this violation is counted by, and its day while nobody knows it."""
    made: list[FormField] = []
    if any(NO_DAY in text for text in line.missing):
        made.append(DateField("on", "行为日（持续的填终了之日）", today=context.today))
    per = violation.unit_fine.per if violation.unit_fine else FinePer.CASE
    if per is not FinePer.CASE:
        made.append(IntegerField("people", "涉及人数"))
    if per is FinePer.PERSON_MONTH:
        made.append(IntegerField("months", "月数"))
    if violation.multiple and not is_payment(violation):
        made.append(MoneyField("base_fen", f"{violation.multiple.of}（元）"))
    return made
