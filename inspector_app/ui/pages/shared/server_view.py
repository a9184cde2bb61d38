"""服务器: the health of the shared side, for whoever looks after it."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.server_words import (
    Broken,
    DeviceHealth,
    Health,
    Note,
    ScopeHealth,
    broken_words,
    notes,
)
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.pages.shared.missing_dialog import MissingDialog
from inspector_app.ui.pages.shared.packages_view import PackagesPanel
from inspector_app.ui.pages.shared.server_rows import DEVICES, SCOPES, fact_rows
from inspector_app.ui.tables.view import HEADER_HEIGHT, LEDGER_ROW, RowsTable
from inspector_app.ui.tasks import Report
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import FactGrid, clear_layout, hair, label, scrolling
from inspector_app.ui.widgets.buttons import Button, button
from inspector_app.ui.widgets.states import StateStack

if TYPE_CHECKING:
    from inspector_app.services.server_health import KeeperLine

MOST_ROWS = 12


class ServerView(QWidget):
    """Asked when it comes into view and by 刷新; what is decided here is decided for everybody."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.health: Health | None = None
        body = QWidget()
        column = box(QVBoxLayout(body), (20, 14, 20, 16), 12)
        column.addLayout(self._build_head())
        self._notes = box(QVBoxLayout(), spacing=8)
        column.addLayout(self._notes)
        self.checked = Banner("success")
        self.checked.hide()
        column.addWidget(self.checked)
        self.facts = FactGrid(4)
        column.addWidget(self.facts)
        column.addWidget(label("电脑", "sectionTitle"))
        self.devices: RowsTable[DeviceHealth] = RowsTable(
            DEVICES, lambda one: one.device, grid=True, name="电脑"
        )
        column.addWidget(self.devices)
        column.addWidget(label("县区", "sectionTitle"))
        self.scopes: RowsTable[ScopeHealth] = RowsTable(
            SCOPES, lambda one: one.scope, grid=True, name="县区"
        )
        column.addWidget(self.scopes)
        self.packages = PackagesPanel(context, self.load)
        column.addWidget(hair())
        column.addWidget(self.packages)
        column.addStretch()
        self.states = StateStack(scrolling(body), "data_bar_vertical_20")
        box(QVBoxLayout(self)).addWidget(self.states)

    def _build_head(self) -> QHBoxLayout:
        row = box(QHBoxLayout(), spacing=8)
        self.when = label("", "fieldHint")
        self.lost = button("确有丢失", "danger", clicked=lambda: self._decide("lost"), small=True)
        self.whole = button("没有丢失", "", clicked=lambda: self._decide("whole"), small=True)
        self.done = button("已经补齐", "primary", clicked=self._end, small=True)
        self.chain = button(
            "核对留痕", "", "shield_checkmark_20", clicked=self.check_chain, small=True
        )
        self.again = button("刷新", "", "arrow_clockwise_20", clicked=self.load, small=True)
        row.addWidget(self.when, 1)
        for one in self.buttons():
            row.addWidget(one)
        return row

    def buttons(self) -> tuple[Button, ...]:
        """What can be done here, left to right."""
        return self.lost, self.whole, self.done, self.chain, self.again

    # ── asking ───────────────────────────────────────────────────────────────────────────────
    def load(self) -> None:
        """Ask how the shared side is."""
        if self.health is None:
            self.states.show_loading()
        self.again.setEnabled(False)
        self._context.exchange.as_keeper(self, lambda line, _: _look(line), self._show, self._not)

    def _not(self, error: Exception) -> None:
        self.again.setEnabled(True)
        if self.health is None:
            self.states.show_error(sentence_of(error), self.load)
        else:
            self.checked.say(sentence_of(error), "没有问到", "warning")

    def _show(self, found: tuple[Health, list[Note]]) -> None:
        health, told = found
        self.health = health
        self.again.setEnabled(True)
        self.when.setText(f"{health.now.astimezone():%Y-%m-%d %H:%M} 的情况")
        clear_layout(self._notes)
        for one in told:
            banner = Banner(one.tone)
            banner.say(one.words, one.title)
            self._notes.addWidget(banner)
        self.facts.show_facts(fact_rows(health))
        self._fill(self.devices, len(health.devices))
        self.devices.show_rows(health.devices)
        self._fill(self.scopes, len(health.scopes))
        self.scopes.show_rows(health.scopes)
        self.lost.setVisible(health.suspected and not health.paused)
        self.whole.setVisible(health.suspected)
        self.done.setVisible(health.paused)
        self.states.show_content()

    @staticmethod
    def _fill(table: QWidget, rows: int) -> None:
        fix(table, height=HEADER_HEIGHT + min(max(rows, 1), MOST_ROWS) * LEDGER_ROW + 2)

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def check_chain(self) -> None:
        """Have every history verified, with progress in the window."""
        health = self.health
        if health is None:
            return
        self.chain.setEnabled(False)
        self._context.exchange.as_keeper(
            self,
            lambda line, report: _look_through(line, health, report),
            self._checked,
            self._not_checked,
            "正在核对留痕",
        )

    def _not_checked(self, error: Exception) -> None:
        self.chain.setEnabled(True)
        self._not(error)

    def _checked(self, broken: list[Broken]) -> None:
        self.chain.setEnabled(True)
        if not broken:
            self.checked.say("每个县区的历史都与写下时一致。", "留痕的链完好", "success")
            return
        words = "；".join(broken_words(one) for one in broken[:5])
        self.checked.say(f"{words}。请保护现场，联系开发方。", f"有 {len(broken)} 处不符", "danger")

    def _end(self) -> None:
        absent = self.health.missing() if self.health is not None else ()
        if absent:
            MissingDialog(self._context, absent, lambda why: self._decide("done", why)).open()
        else:
            self._decide("done")

    def _decide(self, word: str, why: str = "") -> None:
        self._context.exchange.as_keeper(
            self,
            lambda line, _: _decide(line, word, why),
            lambda _void: self.load(),
            self._not_decided,
        )

    def _not_decided(self, error: Exception) -> None:
        """As much as is known now is shown beside the reason."""
        self._not(error)
        self.load()


def _look(line: "KeeperLine") -> tuple[Health, list[Note]]:
    # Loads the database driver, on the worker that needs it anyway.
    from inspector_app.services.server_health import look, newest

    health = look(line)
    return health, notes(health, newest())


def _decide(line: "KeeperLine", word: str, why: str) -> int:
    # Loads the database driver, on the worker that needs it anyway.
    from inspector_app.services.server_health import decide

    return decide(line, word, why)


def _look_through(line: "KeeperLine", health: Health, report: Report) -> list[Broken]:
    # Loads the database driver, on the worker that needs it anyway.
    from inspector_app.services.server_health import look_through

    return look_through(line, health, report.progress, report.cancelled)
