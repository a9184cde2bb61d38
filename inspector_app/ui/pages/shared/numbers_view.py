"""编号: what became of every number, and what this PC holds."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.number_register import (
    Fate,
    NumberRow,
    ask,
    export,
    register,
    since_words,
    sums,
)
from inspector_app.services.number_stock import Held, held, retire
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.outside import open_folder
from inspector_app.ui.pages.cases_export import ask_path
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import FactGrid, label
from inspector_app.ui.widgets.buttons import Button, button
from inspector_app.ui.widgets.states import StateStack

_TONES = {
    Fate.ISSUED: "success", Fate.DRAFT: "info", Fate.VOID: "none", Fate.LEASED: "info",
    Fate.FREE: "neutral", Fate.UNKNOWN: "warning",
}  # fmt: skip
_MODES = {
    "": "没有接入共享库，本机自己编号",
    "online": "制发时向共享库取号",
    "leased": "本机预留一批号，离线也能编",
}


def _tone(one: NumberRow) -> str:
    return "danger" if one.twin else _TONES[one.fate]


COLUMNS: tuple[Column[NumberRow], ...] = (
    Column("种类", lambda one: one.name, 180, stretch=True),
    Column("年度", lambda one: str(one.series[2] or "连续"), 62, priority=3),
    Column("号", lambda one: str(one.no), 56, Kind.NUMBER),
    Column("去向", lambda one: one.fate_words(), 150, Kind.PILL, tone=_tone),
    Column("字号、案号", lambda one: one.bearer or "—", 220),
    Column("在哪台电脑", lambda one: one.where or "—", 120, priority=2),
    Column("从何时起", lambda one: since_words(one.since) or "—", 138, Kind.DATE, priority=3),
    Column("作废理由", lambda one: one.reason or "—", 180, priority=4),
)


class NumbersView(QWidget):
    """Read here first; the shared database adds what other PCs hold."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.rows: list[NumberRow] = []
        body = QWidget()
        column = box(QVBoxLayout(body), (20, 14, 20, 16), 10)
        column.addLayout(self._build_head())
        self.told = Banner("warning")
        self.told.hide()
        column.addWidget(self.told)
        self.facts = FactGrid(3)
        column.addWidget(self.facts)
        self.table: RowsTable[NumberRow] = RowsTable(
            COLUMNS, lambda one: f"{one.series}{one.no}{one.bearer}", grid=True, name="编号"
        )
        column.addWidget(self.table, 1)
        self.states = StateStack(body, "certificate_20")
        box(QVBoxLayout(self)).addWidget(self.states)

    def _build_head(self) -> QHBoxLayout:
        row = box(QHBoxLayout(), spacing=8)
        self.how = label("", "fieldHint")
        self.back = button("交还本机的号", "", clicked=lambda: self._retire(on=True), small=True)
        self.keep = button("恢复预留", "", clicked=lambda: self._retire(on=False), small=True)
        self.save = button("导出", "", "table_20", clicked=self.export, small=True)
        self.again = button("刷新", "", "arrow_clockwise_20", clicked=self.load, small=True)
        row.addWidget(self.how, 1)
        for one in self.buttons():
            row.addWidget(one)
        return row

    def buttons(self) -> tuple[Button, ...]:
        """What can be done here, left to right."""
        return self.back, self.keep, self.save, self.again

    # ── asking ───────────────────────────────────────────────────────────────────────────────
    def load(self) -> None:
        """Read what is known here, then ask the shared database for the rest."""
        if not self.rows:
            self.states.show_loading()
        desk, year = self._context.desk, self._context.today().year
        self._context.tasks.query(
            self, lambda: (register(desk, year), held(desk)), lambda found: self._here(*found)
        )

    def _here(self, rows: list[NumberRow], stock: Held) -> None:
        how = _MODES[stock.mode] + ("；已停用，下次同步时交还" if stock.retired else "")
        self.how.setText(how)
        self.back.setVisible(stock.mode == "leased" and not stock.retired)
        self.keep.setVisible(stock.retired)
        self._show(rows)
        self.told.say("")
        exchange, desk, year = (
            self._context.exchange,
            self._context.desk,
            self._context.today().year,
        )
        if stock.mode and exchange.is_set_up():
            exchange.ask_line(
                self,
                lambda line: register(desk, year, ask(desk, line, year)),
                self._show,
                self._not,
            )

    def _not(self, error: Exception) -> None:
        self.told.say(sentence_of(error), "别的电脑预留的号没有问到")

    def _show(self, rows: Sequence[NumberRow]) -> None:
        self.rows = list(rows)
        self.save.setEnabled(bool(rows))
        if not rows:
            self.states.show_empty("今年还没有编号", "登记线索、案件或者制发文书以后，列在这里。")
            return
        self.facts.show_facts(
            [(f"{one.name} {one.series[2] or '连续'}", one.words()) for one in sums(rows)]
        )
        self.table.show_rows(self.rows)
        self.states.show_content()

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def _retire(self, *, on: bool) -> None:
        desk = self._context.desk
        words = "下次同步时交还" if on else "下次同步时重新预留"
        self._context.tasks.work(self, lambda: retire(desk, on=on), lambda _: self._retired(words))

    def _retired(self, words: str) -> None:
        self._context.say(words)
        self.load()

    def export(self) -> None:
        """The register as a workbook."""
        context, rows = self._context, list(self.rows)
        path = ask_path(context, self, f"编号登记簿_{context.today():%Y%m%d}.xlsx")
        if path is None:
            return
        context.tasks.work(
            self,
            lambda: export(context.desk, path, rows),
            lambda made: context.toast(
                f"已导出 {made.rows:,} 行：{path.name}",
                lambda: open_folder(context, path.parent),
                "打开文件夹",
            ),
        )
