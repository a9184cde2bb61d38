"""概况: the state of the exchange in figures, and what a person should know beside them."""

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from inspector_app.ui.context import UiContext
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import FactGrid, clear_layout, label

OFFLINE = "断网时照常办案，改动先存在本机，连上后自动上传。"


class Overview(QWidget):
    """Reads the exchange of the window; asks nothing of the ledger itself."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._exchange = context.exchange
        column = box(QVBoxLayout(self), (20, 16, 20, 16), 14)
        self.trouble = Banner("warning")
        self.trouble.hide()
        column.addWidget(self.trouble)
        self.facts = FactGrid(4)
        self.facts.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column.addWidget(self.facts)
        self._remarks = box(QVBoxLayout(), spacing=8)
        column.addLayout(self._remarks)
        column.addWidget(label(OFFLINE, "fieldHint", wrap=True))
        column.addStretch()

    def show_now(self) -> None:
        """Show the state as it is."""
        state, done = self._exchange.state, self._exchange.outcome
        last = f"{state.last:%Y-%m-%d %H:%M}" if state.last else "尚未同步"
        facts: list[tuple[str, ...]] = [
            ("状态", state.words()[0]),
            ("上次同步", last),
            ("待上传", f"{state.waiting} 项"),
            ("有冲突、被退回", f"{state.disputes} 项", "danger" if state.disputes else ""),
        ]
        if done is not None:
            facts += [
                ("本次上传", f"{done.pushed} 组改动"),
                ("本次收到", f"{done.received} 条"),
                ("本次新冲突", f"{done.disputed} 处"),
                ("暂不能上传", f"{done.held} 组"),
            ]
        self.facts.show_facts(facts)
        self.trouble.say(state.trouble, "没有同步" if state.trouble else "")
        clear_layout(self._remarks)
        for words in self.words():
            banner = Banner("info")
            banner.say(words)
            self._remarks.addWidget(banner)

    def words(self) -> list[str]:
        """Clock, recovery, what is held; and that the last exchange was stopped."""
        done = self._exchange.outcome
        stopped = ["上次同步中途停止，已经交换的部分有效。"] if done and done.cancelled else []
        return [*stopped, *self._exchange.remarks]
