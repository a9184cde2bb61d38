"""从共享库收到的: who received personal data from the shared side, for whoever looks after it."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.received import DAYS, Received, received, span
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.states import StateStack

if TYPE_CHECKING:
    from inspector_app.services.server_health import KeeperLine

COLUMNS: tuple[Column[Received], ...] = (
    Column("时间", span, 190, Kind.DATE),
    Column("人员", lambda one: one.display or one.login, 90),
    Column("登录名", lambda one: one.login, 100, priority=3),
    Column("县区", lambda one: one.county or one.scope, 120, stretch=True),
    Column("收到", lambda one: f"{one.pages:,} 次", 76, Kind.NUMBER, priority=2),
    Column("记录", lambda one: f"{one.records:,} 件", 84, Kind.NUMBER),
    Column("附件", lambda one: f"{one.files:,} 个", 76, Kind.NUMBER),
)


class ReceivedPanel(QWidget):
    """Asked over a line of its own when it comes into view: numbers, never what stood in them."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        column = box(QVBoxLayout(self), spacing=10)
        bar = box(QHBoxLayout(), spacing=8)
        self.words = label("", "body", wrap=True)
        self.again = button("刷新", "", "arrow_clockwise_20", clicked=self.load)
        bar.addWidget(self.words, 1)
        bar.addWidget(self.again)
        column.addLayout(bar)
        self.table: RowsTable[Received] = RowsTable(
            COLUMNS, lambda one: f"{one.login}|{one.scope}|{one.day}", grid=True,
            name="从共享库收到的",
        )  # fmt: skip
        self.states = StateStack(self.table, "eye_20")
        column.addWidget(self.states, 1)

    def load(self) -> None:
        """Ask for the last days."""
        since = self._context.today() - timedelta(days=DAYS)
        if not self.table.rows_model.rows():
            self.states.show_loading()

        def ask(line: "KeeperLine", _report: object) -> list[Received]:
            return received(line, since)

        self._context.exchange.as_keeper(self, ask, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self.states.show_error(sentence_of(error), self.load)

    def _show(self, found: list[Received]) -> None:
        self.words.setText(f"最近 {DAYS} 天，一人一个县区一天一行" if found else "")
        self.table.show_rows(found)
        if found:
            self.states.show_content()
        else:
            self.states.show_empty("还没有人收到过", "同步带来个人信息的，都会记在这里。")
