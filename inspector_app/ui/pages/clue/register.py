"""登记线索: the form of one clue, kept while half typed, sent with Ctrl+Enter."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.cases import Source
from inspector_app.domain.clues import Clue, ClueState
from inspector_app.errors import UserError
from inspector_app.ledger.views import CluePage, ClueQuery
from inspector_app.services.clues import ClueForm, clue_list, register_clue
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField, TicksField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import IntegerField, LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.claim_form import IdNumberField
from inspector_app.ui.pages.case.inline import text_of
from inspector_app.ui.pages.case.months import MonthField
from inspector_app.ui.pages.case.suggesting import suggest_employers, suggest_projects
from inspector_app.ui.pages.case_form import Defaults, read_defaults
from inspector_app.ui.pages.cases_rows import counties
from inspector_app.ui.pages.clue.fields import CreditCodeField, WrittenAmountField
from inspector_app.ui.pages.form_draft import FormDraft
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Panel, label, scrolling
from inspector_app.ui.widgets.buttons import button

PRIVATE = ("person_name", "person_phone", "person_id_number", "person_address")
KEPT_OPEN = "yes"
REPORTS = (Source.PHONE, Source.LETTER, Source.MEDIA, Source.GRID, Source.OTHER)


class RegisterForm(QWidget):
    """`registered` carries the clue; `closed` when the user goes back to the list."""

    registered = Signal(object)
    closed = Signal()
    said = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.form = Form(12)
        self._build_matter()
        self._build_person()
        column = box(QVBoxLayout(self))
        panel = Panel((20, 16, 14, 14), 12)
        panel.column.addWidget(scrolling(self.form), 1)
        row = box(QHBoxLayout(), spacing=8)
        self.send = button("登记并编号", "primary", tip="Ctrl+Enter", clicked=self.submit)
        row.addWidget(self.send)
        row.addWidget(button("返回列表", tip="Esc，填了一半的会留着", clicked=self.closed.emit))
        row.addWidget(button("清空", "quiet", clicked=self.clear))
        row.addStretch()
        panel.column.addLayout(row)
        column.addWidget(fix(panel, max_width=980), 1)
        self.form.submitted.connect(self.submit)
        self.employer.left.connect(self._look_for_others)
        self.draft = FormDraft(context, "clue", self.form, PRIVATE)
        self.draft.said.connect(self.said)
        self.restored = self.draft.restore()

    # ── building ─────────────────────────────────────────────────────────────────────────────
    def _build_matter(self) -> None:
        context, form = self._context, self.form
        form.section("来源")
        sources = [(one.value, one.label) for one in Source]
        form.add(
            ChoiceField("source", "来源渠道", sources, required=True),
            DateField("received_on", "接收日期", today=context.today, required=True),
            LineField("outside_no", "平台编号", hint="转办平台上的编号"),
        )
        form.section("被反映的单位")
        self.employer = LineField("employer_name", "用人单位", required=True)
        project = LineField("project_name", "工程项目")
        self.suggestions = (
            suggest_employers(context, self.employer),
            suggest_projects(context, project),
        )
        form.add(self.employer, CreditCodeField("credit_code", "统一社会信用代码"), widths=(3, 2))
        form.add(project, LineField("employer_address", "单位地址"), widths=(3, 2))
        form.section("反映的事项")
        self.amount = WrittenAmountField(
            "amount_written", "涉及金额", placeholder="例如：86.42万元", hint="按反映的原话写"
        )
        form.add(
            ChoiceField("scope", "属地", counties(context.desk), required=True),
            LineField("cause", "案由", max_length=60),
        )
        form.add(
            IntegerField("workers", "涉及人数"),
            self.amount,
            MonthField("period_from", "欠薪起月"),
            MonthField("period_to", "欠薪止月"),
            widths=(2, 4, 2, 2),
        )
        form.add(TextField("statement", "反映的内容", lines=4))

    def _build_person(self) -> None:
        form = self.form
        form.section("反映人")
        note = "登记后在列表里不显示，详情里隐去；填了一半退出的，个人信息不留在本机草稿里。"
        form.column.addWidget(label(note, "caption", wrap=True))
        form.add(LineField("person_name", "姓名"), LineField("person_phone", "电话"))
        form.add(
            IdNumberField("person_id_number", "身份证号", self._context.today()),
            LineField("person_address", "住址或送达地址"),
        )
        secret = TicksField(
            "confidential",
            "保密",
            [(KEPT_OPEN, "举报：对反映人的身份保密，不写进名单和文书")],
            hint="本人讨要工资的投诉不勾，立案时自动列入劳动者名单",
            why="监察条例第九条",
        )
        secret.set_value((KEPT_OPEN,))
        form.add(secret)
        form.fields["source"].edited.connect(self._source_chosen)
        form.column.addStretch()

    def _source_chosen(self) -> None:
        """Some channels carry reports on others, the rest complaints in one's own right."""
        own = Source(text_of(self.form.values(), "source") or "other") not in REPORTS
        self.form.fields["confidential"].set_value(() if own else (KEPT_OPEN,))

    # ── what the page calls ──────────────────────────────────────────────────────────────────
    def start(self) -> None:
        """Fill in the bureau's usual choices where nothing is typed yet."""
        desk = self._context.desk
        self._context.tasks.query(self, lambda: read_defaults(desk), self._offer)
        self.form.fields["source"].setFocus()

    def _offer(self, found: Defaults) -> None:
        fresh = {"received_on": self._context.today(), "scope": found.scope, "cause": found.cause}
        for key, value in fresh.items():
            if self.form.fields[key].is_empty():
                self.form.fields[key].set_value(value)
        self.draft.saver.reset()

    def dismiss(self) -> bool:
        """Esc: close an open list of suggestions; False when there is none."""
        return any(one.dismiss() for one in self.suggestions)

    def keep(self) -> None:
        """Save the draft now."""
        self.draft.keep()

    def clear(self) -> None:
        """Give up what is typed."""
        for field in self.form.fields.values():
            field.set_value(None)
            field.set_error("")
        self.form.fields["confidential"].set_value((KEPT_OPEN,))
        self.employer.set_hint("")
        self.draft.drop()
        self.start()

    # ── looking for the same unit ────────────────────────────────────────────────────────────
    def _look_for_others(self) -> None:
        name = text_of(self.form.values(), "employer_name")
        if not name:
            self.employer.set_hint("")
            return
        desk = self._context.desk
        query = ClueQuery(text=name, states=(ClueState.OPEN,), limit=20)
        self._context.tasks.query(
            self, lambda: clue_list(desk, query), lambda page: self._say_others(name, page)
        )

    def _say_others(self, name: str, page: CluePage) -> None:
        same = [row for row in page.rows if row.employer_name == name]
        numbers = "、".join(row.clue_no for row in same[:2])
        more = " 等" if len(same) > 2 else ""
        words = f"该单位还有 {len(same)} 条待核查线索：{numbers}{more}，可以并案" if same else ""
        self.employer.set_hint(words)

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def submit(self) -> None:
        """Check, enter, number."""
        if not self.send.isEnabled() or not self.form.validate():
            return
        desk, made = self._context.desk, self._made(self.form.values())
        self.send.setEnabled(False)
        self._context.tasks.work(self, lambda: register_clue(desk, made), self._done, self._failed)

    def _made(self, values: dict[str, object]) -> ClueForm:
        received, workers = values["received_on"], values["workers"]
        return ClueForm(
            source=Source(text_of(values, "source")),
            received_on=received if isinstance(received, date) else self._context.today(),
            employer_name=text_of(values, "employer_name"),
            scope=text_of(values, "scope"),
            credit_code=text_of(values, "credit_code"),
            employer_address=text_of(values, "employer_address"),
            project_name=text_of(values, "project_name"),
            cause=text_of(values, "cause"),
            statement=text_of(values, "statement"),
            workers=workers if isinstance(workers, int) else None,
            amount_fen=self.amount.fen(),
            amount_written=text_of(values, "amount_written"),
            period_from=text_of(values, "period_from"),
            period_to=text_of(values, "period_to"),
            outside_no=text_of(values, "outside_no"),
            person_name=text_of(values, "person_name"),
            person_phone=text_of(values, "person_phone"),
            person_id_number=text_of(values, "person_id_number"),
            person_address=text_of(values, "person_address"),
            confidential=values["confidential"] == (KEPT_OPEN,),
        )

    def _done(self, clue: Clue) -> None:
        self.send.setEnabled(True)
        self.clear()
        self.registered.emit(clue)

    def _failed(self, error: Exception) -> None:
        self.send.setEnabled(True)
        if isinstance(error, UserError) and self.form.show_problem(error.field, error.message):
            return
        self._context.trouble(error)
