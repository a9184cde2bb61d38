"""概况: what waits, what stands where, and what a person should know of the last exchange."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from inspector_app.ledger.check import Problem
from inspector_app.services.last_sync import LastSync, clock_words
from inspector_app.services.shared_here import County, Here, RecordState, here
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.exchange_state import ExchangeState
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import HEADER_HEIGHT, LEDGER_ROW, RowsTable
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import FactGrid, clear_layout, hair, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.cards import CountCard

OFFLINE = "断网时照常办案，改动先存在本机，连上后自动上传；每分钟同步一次，按 F5 马上同步。"
MOST_COUNTIES = 8  # rows of the table without a bar of its own
_COLUMNS: tuple[Column[County], ...] = (
    Column("县区", lambda one: one.name, 140, stretch=True),
    Column("案件", lambda one: f"{one.cases:,}", 90, Kind.NUMBER),
    Column("已收到", lambda one: f"{one.seq:,} 组改动", 130, Kind.NUMBER),
)


class Overview(QWidget):
    """Reads the exchange of the window, and asks the ledger what stands where."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context, self._exchange = context, context.exchange
        self._told: object = ()
        column = box(QVBoxLayout(self), (20, 16, 20, 16), 14)
        self.trouble = Banner("warning")
        self.trouble.hide()
        column.addWidget(self.trouble)
        self._remarks = box(QVBoxLayout(), spacing=8)
        column.addLayout(self._remarks)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        column.addWidget(self.bar)
        column.addLayout(self._build_cards())
        column.addSpacing(4)
        halves = box(QHBoxLayout(), spacing=28)
        halves.addLayout(self._build_last(), 1)
        halves.addWidget(hair(vertical=True))
        halves.addLayout(self._build_counties(), 1)
        column.addLayout(halves)
        column.addStretch()
        column.addWidget(label(OFFLINE, "fieldHint", wrap=True))

    def _build_cards(self) -> QHBoxLayout:
        row = box(QHBoxLayout(), spacing=12)
        self.waiting = CountCard("待上传", "send_20", "info", "项")
        self.disputes = CountCard("有冲突、被退回", "warning_20", "danger", "项")
        self.looks = CountCard("两处同改待核对", "eye_20", "warning", "件")
        self.confirmed = CountCard("已确认的案件", "checkmark_circle_20", "success", "件")
        for card in (self.disputes, self.looks):
            card.clicked.connect(lambda: self._context.open_page("shared", "choices"))
        self.waiting.clicked.connect(self._send)
        self.confirmed.clicked.connect(lambda: self._context.open_page("cases", None))
        for card in self.cards():
            row.addWidget(card, 1)
        return row

    def _send(self) -> None:
        """Exchange; what does not go by that is shown."""
        if self._exchange.state.held:
            self._context.open_page("shared", "choices")
        else:
            self._context.actions.trigger("sync")

    def cards(self) -> tuple[CountCard, ...]:
        """The four figures, left to right."""
        return self.waiting, self.disputes, self.looks, self.confirmed

    def _build_last(self) -> QVBoxLayout:
        column = box(QVBoxLayout(), spacing=10)
        column.addWidget(label("上次同步", "sectionTitle"))
        self.facts = FactGrid(2)
        self.facts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(self.facts)
        row = box(QHBoxLayout(), (0, 4, 0, 0), 8)
        self.check = button(
            "核对历史", "", "shield_checkmark_20", clicked=self.check_history, small=True
        )
        self.check.setToolTip("逐环计算共享库的历史，看它与本机同步过的是否一致")
        row.addWidget(self.check)
        row.addStretch()
        column.addLayout(row)
        self.checked = Banner("success")
        self.checked.hide()
        column.addWidget(self.checked)
        column.addStretch()
        return column

    def _build_counties(self) -> QVBoxLayout:
        column = box(QVBoxLayout(), spacing=10)
        column.addWidget(label("本机的县区", "sectionTitle"))
        self.counties: RowsTable[County] = RowsTable(
            _COLUMNS, lambda one: one.name, grid=True, name="本机的县区"
        )
        self.counties.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column.addWidget(self.counties)
        self.none = label("同步一次之后，这里列出本机有哪些县区的案件。", "muted", wrap=True)
        column.addWidget(self.none)
        column.addStretch()
        return column

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def show_now(self) -> None:
        """Show the state as it is."""
        state, last = self._exchange.state, self._exchange.last
        self.bar.setVisible(state.running)
        self.bar.setRange(0, max(state.total, 0))
        self.bar.setValue(state.done)
        self.waiting.show_count(state.waiting, _waiting_words(state))
        self.disputes.show_count(state.disputes, "请选定一方" if state.disputes else "没有")
        self.looks.show_count(state.looks, "制发前看一眼" if state.looks else "没有")
        self.trouble.say(state.trouble, "没有同步" if state.trouble else "")
        told = (last, tuple(self._exchange.remarks))
        if told != self._told:  # while pages come in only the bar moves
            self._told = told
            self.facts.show_facts(_facts(last) if last else [("时间", "尚未同步")])
            self.check.setVisible(last is not None)
            self._say(self._exchange.remarks)
        if state.connected and not state.running:
            desk = self._context.desk
            self._context.tasks.query(self, lambda: here(desk), self._show_here)
        elif not state.connected:
            self._show_here(Here({}, ()))

    # ── the history ──────────────────────────────────────────────────────────────────────────
    def check_history(self) -> None:
        """Compute the shared history; nothing is believed that does not follow."""
        self.check.setEnabled(False)
        self._exchange.check_history(self, self._checked, self._not_checked)

    def _not_checked(self, error: Exception) -> None:
        self.check.setEnabled(True)
        self.checked.say(sentence_of(error), "没有核对成", "warning")

    def _checked(self, problems: list[Problem]) -> None:
        self.check.setEnabled(True)
        if not problems:
            self.checked.say("本机上传的每一组都在原处。", "历史一致", "success")
            return
        words = "；".join(f"{one.where}：{one.message}" for one in problems[:3])
        self.checked.say(f"{words}。请联系管理员。", f"有 {len(problems)} 处不符", "danger")

    def _say(self, remarks: list[str]) -> None:
        clear_layout(self._remarks)
        for words in remarks:
            banner = Banner("info")
            banner.say(words)
            self._remarks.addWidget(banner)

    def words(self) -> list[str]:
        """Clock, recovery, what is held; and that the last exchange was stopped."""
        return self._exchange.remarks

    def _show_here(self, found: Here) -> None:
        confirmed = found.states.get(RecordState.CONFIRMED, 0)
        others = [
            f"{state.label} {count}"
            for state, count in found.states.items()
            if count and state is not RecordState.CONFIRMED
        ]
        self.confirmed.show_count(confirmed, "，".join(others) or "与共享库一致")
        self.counties.setVisible(bool(found.counties))
        self.none.setVisible(not found.counties)
        self.counties.show_rows(found.counties)
        rows = min(len(found.counties), MOST_COUNTIES)
        fix(self.counties, height=HEADER_HEIGHT + rows * LEDGER_ROW + 2)


def _waiting_words(state: ExchangeState) -> str:
    if state.held:
        return "暂不能上传" if state.held >= state.waiting else f"{state.held} 项暂不能上传"
    return "连上后自动上传" if state.waiting else "都已上传"


def _facts(last: LastSync) -> list[tuple[str, ...]]:
    when = last.when()
    clock = clock_words(last.skew_seconds)
    facts: list[tuple[str, ...]] = [
        ("时间", f"{when:%Y-%m-%d %H:%M}" if when else "没有完成过"),
        ("账号", last.me),
        ("上传", f"{last.pushed} 组改动"),
        ("收到", f"{last.received} 条"),
        ("新冲突", f"{last.disputed} 处", "danger" if last.disputed else ""),
        ("被退回", f"{last.refused} 组", "danger" if last.refused else ""),
        ("暂不能上传", f"{last.held} 组"),
        ("附件", f"上传 {last.files_sent} 个，下载 {last.files_received} 个"),
        ("本机时钟", clock or "准", "warning" if clock else ""),
    ]
    return facts
