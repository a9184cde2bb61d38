"""An issued or void paper: what was printed, read only, with its service and its number."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from inspector_app.domain.capital import capital
from inspector_app.domain.money import yuan
from inspector_app.domain.paper_joint import JOINT
from inspector_app.domain.papers import Column as PaperColumn
from inspector_app.domain.papers import (
    Field,
    FieldType,
    InspectorRef,
    Paper,
    PaperState,
    TableRow,
    Value,
)
from inspector_app.domain.serving import (
    Deliveries,
    Delivery,
    is_begun,
    is_joint,
    progress_words,
    served_on,
    waiting,
)
from inspector_app.domain.terms import date_text, weekday_text
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.table_model import NUMBER_COLUMN, shown
from inspector_app.ui.pages.case.inline import InlineForm
from inspector_app.ui.pages.paper.form import by_group
from inspector_app.ui.pages.paper.reading import PaperNews, is_short
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import HEADER_HEIGHT, LEDGER_ROW, RowsTable
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import FactGrid, Panel, clear_layout, hair, label, scrolling

MOST_ROWS = 12
PX_PER_MM, NARROW = 4.4, 3.2  # columns are declared in mm of the paper; parties have many
_PARTIES: tuple[Column[Delivery], ...] = (
    Column("当事人", lambda one: one.party, 180, stretch=True),
    Column("送达日期", lambda one: date_text(one.on), 126, Kind.DATE),
    Column("方式", lambda one: one.service.method.label if one.service else "—", 84, priority=2),
    Column("签收人", lambda one: one.service.receiver if one.service else "", 84, priority=3),
)


def words_of(field: Field, value: Value) -> str:
    """A value as people read it."""
    if value is None or value == "" or value == ():
        return "—"
    if isinstance(value, InspectorRef):
        return f"{value.name}（证号 {value.certificate}）" if value.certificate else value.name
    if isinstance(value, int):
        if field.type is FieldType.MONEY:
            return f"{yuan(value)} 元（{capital(value)}）"
        return str(value)
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return "、".join(one for one in value if isinstance(one, str))
    return weekday_text(value)


class IssuedPanel(Panel):
    """State and service above, then every value by group."""

    def __init__(self, context: UiContext) -> None:
        super().__init__((1, 1, 1, 1), 0)
        self._context = context
        content = QWidget()
        self._inner = box(QVBoxLayout(content), (20, 16, 20, 16), 12)
        self.banner = Banner("success")
        self._inner.addWidget(self.banner)
        self._slot = box(QVBoxLayout(), spacing=12)
        self._inner.addLayout(self._slot)
        self.facts = FactGrid(3)
        self._inner.addWidget(self.facts)
        self._parties = box(QVBoxLayout(), spacing=8)
        self._inner.addLayout(self._parties)
        self._values = box(QVBoxLayout(), spacing=12)
        self._inner.addLayout(self._values)
        self._inner.addStretch()
        self.column.addWidget(scrolling(content), 1)
        self.service: InlineForm | None = None

    def load(self, news: PaperNews) -> None:
        """Show a paper that was issued."""
        self._tell_state(news)
        row, paper = news.row, news.sheet.paper
        self.facts.show_facts(
            [
                ("字号", paper.number or "不编号"),
                ("制发日期", date_text(paper.issued_on)),
                ("制发人", paper.issued_by),
                ("送达日期", date_text(row.served_on if row else None)),
                ("期限", date_text(row.deadline if row else None)),
                ("页数", f"{paper.pages} 页"),
            ]
        )
        self._show_parties(row.deliveries if row else ())
        clear_layout(self._values)
        for group, fields in by_group(news.sheet.kind).items():
            self._show_group(group, fields, news)

    def _tell_state(self, news: PaperNews) -> None:
        paper = news.sheet.paper
        if paper.state is PaperState.VOID:
            words = f"{date_text(paper.voided_on)}　理由：{paper.void_reason}"
            self.banner.say(words, "已作废", "neutral")
            return
        found = news.row.deliveries if news.row else ()
        served = served_on(found)
        told = f"已送达 {date_text(served)}" if served else "尚未登记送达，期限自送达起算"
        if is_begun(found):
            told = f"{progress_words(found)}，还没有送达：{'、'.join(waiting(found))}"
        self.banner.say(told, "已制发", "success" if served else "info")

    def _show_parties(self, found: Deliveries) -> None:
        """Who of several parties was served, when and how; nothing where there is only one."""
        clear_layout(self._parties)
        if not is_joint(found):
            return
        table: RowsTable[Delivery] = RowsTable(
            _PARTIES, lambda one: one.party, grid=True, name="逐个送达"
        )
        table.show_rows(found)
        fix(table, height=LEDGER_ROW * min(len(found), MOST_ROWS) + HEADER_HEIGHT + 2)
        self._parties.addWidget(hair())
        self._parties.addWidget(label("逐个送达", "sectionTitle"))
        self._parties.addWidget(table)

    def _show_group(self, group: str, fields: Sequence[Field], news: PaperNews) -> None:
        values = news.sheet.values
        self._values.addWidget(hair())
        if group:
            self._values.addWidget(label(group, "sectionTitle"))
        plain = [one for one in fields if one.type is not FieldType.TABLE]
        for short, some in groupby(plain, key=lambda one: is_short(one, values.get(one.id))):
            grid = FactGrid(2 if short else 1)
            grid.show_facts([(one.label, words_of(one, values.get(one.id))) for one in some])
            self._values.addWidget(grid)
        for field in fields:
            rows = values.get(field.id)
            if field.type is FieldType.TABLE and rows:
                self._show_table(field, rows)

    def _show_table(self, field: Field, rows: Value) -> None:
        table, sums = read_only_table(field, _rows(rows))
        self._values.addWidget(label(field.label, "label"))
        self._values.addWidget(table)
        self._values.addWidget(sums)

    # ── service ──────────────────────────────────────────────────────────────────────────────
    def open_service(self, made: InlineForm) -> None:
        """The form of a service stands above the facts until it is sent or left."""
        self.close_service()
        self.service = made
        made.closed.connect(self.close_service)
        self._slot.addWidget(made)
        self._slot.addWidget(hair())
        made.start()

    def close_service(self) -> None:
        """Take the form away."""
        self.service = None
        clear_layout(self._slot)


def _rows(value: Value) -> tuple[TableRow, ...]:
    return tuple(row for row in value if isinstance(row, dict)) if isinstance(value, tuple) else ()


_GIVE_WAY = {"id_number": 5, "trade": 4, "period": 3}  # these make room for names and amounts


def read_only_table(field: Field, rows: Sequence[TableRow]) -> tuple[RowsTable[TableRow], QLabel]:
    """The rows of a table field as a list, and its sums as words."""
    name = next(one.id for one in field.columns if one.kind == "text" and one.id != NUMBER_COLUMN)
    per_mm = NARROW if field.id == JOINT else PX_PER_MM
    columns = [_column(one, per_mm, wide=one.id == name) for one in field.columns]
    table: RowsTable[TableRow] = RowsTable(columns, str, grid=True, name=field.label)
    table.show_rows(rows)
    fix(table, height=LEDGER_ROW * min(len(rows), MOST_ROWS) + HEADER_HEIGHT + 2)
    money = [one for one in field.columns if one.kind == "money"]
    sums = [f"{one.title} {yuan(sum(_fen(row, one.id) for row in rows))}" for one in money]
    return table, label("　".join([f"合计 {len(rows)} 行", *sums]), "body")


def _fen(row: TableRow, key: str) -> int:
    text = row.get(key, "")
    return int(text) if text.lstrip("-").isdigit() else 0


def _column(column: PaperColumn, per_mm: float, *, wide: bool) -> Column[TableRow]:
    money = column.kind == "money"
    return Column(
        column.title,
        lambda row: shown(column, row.get(column.id, "")) or "—",
        108 if money else max(round(column.width * per_mm), 56),
        Kind.NUMBER if money else Kind.TEXT,
        priority=_GIVE_WAY.get(column.id, 1),
        stretch=wide,
    )


def title_of(paper: Paper, kind_title: str) -> str:
    """The name of a file or print job."""
    return f"{kind_title}_{paper.number}" if paper.number else kind_title
