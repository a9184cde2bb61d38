"""Small forms of the calendar: a pasted notice, the saving with what it moves, going back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from inspector_app.domain.term_words import date_text
from inspector_app.services.calendar_notice import DayRow
from inspector_app.services.due_changes import AffectedCase, DueMove
from inspector_app.services.office_calendar import SavedYear, save_year, take_back_year
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import TicksField
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.calendar.reading import Consequence, read_pasted
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import TWO_LINE_ROW, RowsTable
from inspector_app.ui.theme.scaling import fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import label

MOST_SHOWN = 5
CHECKED = "checked"


def move_words(move: DueMove) -> str:
    """调查完成 2027年3月2日 → 2027年3月9日."""
    return f"{move.name} {date_text(move.before)} → {date_text(move.after)}"


AFFECTED: tuple[Column[AffectedCase], ...] = (
    Column("案件", lambda case: case.employer, 200, Kind.TWO_LINE, stretch=True,
           sub=lambda case: "；".join(map(move_words, case.moves))),
)  # fmt: skip


class PasteForm(InlineForm):
    """The whole notice as text; `saved` carries (NoticeRead, source)."""

    def __init__(self, context: UiContext, year: int) -> None:
        super().__init__(context, "粘贴放假通知", "读出来")
        self._year = year
        words = "把国务院办公厅通知的全文贴在这里。先在日历上核对，再保存。"
        self.form.column.addWidget(label(words, "caption", wrap=True))
        self.form.add(TextField("text", "通知全文", lines=12, most_lines=20, required=True))

    def call(self, values: dict[str, object]) -> Call:
        return partial(self._read, text_of(values, "text"))

    def _read(self, text: str) -> object:
        found = read_pasted(text, None)
        return found if found[0].year else read_pasted(text, self._year)

    def submit(self) -> None:
        """Reading changes nothing: it is no work and no toast tells of it."""
        self.words.hide()
        if self.form.validate():
            text = text_of(self.form.values(), "text")
            self.saved.emit(self._read(text))
            self.closed.emit()

    def told(self, _result: object) -> str:
        return ""


class SaveForm(InlineForm):
    """Where the days come from; before it is saved one sees which open cases move."""

    opened = Signal(str)

    def __init__(
        self,
        context: UiContext,
        year: int,
        rows: Sequence[DayRow],
        source: str,
        problems: Sequence[str],
    ) -> None:
        super().__init__(context, f"保存 {year} 年的放假安排", "保存")
        self._year, self._rows = year, tuple(rows)
        self.banner = Banner("info")
        self.banner.hide()
        self.form.column.addWidget(self.banner)
        self.cases: RowsTable[AffectedCase] = RowsTable(
            AFFECTED, lambda case: case.case_id, name="受影响的案件"
        )
        self.cases.horizontalHeader().hide()
        self.cases.opened.connect(lambda case: self.opened.emit(case.case_id))
        self.moved = label("正在看哪些案件的到期日会变", "body", wrap=True)
        self.form.column.addWidget(self.moved)
        self.form.column.addWidget(self.cases)
        self.cases.hide()
        if problems:
            ticks = [(CHECKED, f"没有读懂的 {len(problems)} 处已在日历上改好")]
            self.form.add(TicksField(CHECKED, "核对", ticks, required=True))
        self.form.add(LineField("source", "来源", required=True, hint="通知的文号", max_length=60))
        self.form.add(LineField("why", "改动的理由", hint="更正已有的年份时写明", max_length=100))
        self.form.set_values({"source": source})
        self.send.setEnabled(False)

    def show_consequence(self, found: Consequence) -> None:
        """What is wrong keeps the button off; what is odd is only told."""
        errors, warnings = found.check.errors, found.check.warnings
        if errors:
            more = f"（共 {len(errors)} 处）" if len(errors) > 1 else ""
            self.banner.say(f"{errors[0]}{more}", "还不能保存", "warning")
            self.moved.hide()
            return
        self.send.setEnabled(True)
        self.banner.say("".join(warnings), "请核对" if warnings else "")
        count = len(found.affected)
        self.moved.setText(
            f"在办案件有 {count} 件的到期日会变：" if count else "没有在办案件的到期日会变。"
        )
        self.cases.show_rows(found.affected)
        fix(self.cases, height=TWO_LINE_ROW * min(count, MOST_SHOWN) + 2)
        self.cases.setVisible(count > 0)

    def call(self, values: dict[str, object]) -> Call:
        desk, year, rows = self.context.desk, self._year, self._rows
        source, why = text_of(values, "source"), text_of(values, "why")
        return lambda: save_year(desk, year, rows, source, why)

    def told(self, result: object) -> str:
        moved = len(result.affected) if isinstance(result, SavedYear) else 0
        more = f"，{moved} 件案件的到期日已更新" if moved else ""
        return f"已保存 {self._year} 年的放假安排{more}"


class TakeBackYear(InlineForm):
    """Going back to what the program ships, or to nothing."""

    def __init__(self, context: UiContext, year: int) -> None:
        super().__init__(context, f"撤回本局录入的 {year} 年安排", "撤回")
        self._year = year
        words = "恢复随程序提供的安排；程序没有这一年的，这一年就没有安排。"
        self.form.column.addWidget(label(words, "body", wrap=True))
        self.form.add(TextField("why", "理由", lines=2, required=True, hint="记入留痕"))

    def call(self, values: dict[str, object]) -> Call:
        desk, year, why = self.context.desk, self._year, text_of(values, "why")
        return lambda: take_back_year(desk, year, why)

    def told(self, _result: object) -> str:
        return f"已撤回 {self._year} 年的安排"
