"""The bar above the page (search, text size, look, user) and the line below it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from inspector_app.ui.actions import Actions
from inspector_app.ui.exchange_state import ExchangeState
from inspector_app.ui.theme.icons import IconLabel, icon
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.theme.tokens import TEXT_SIZES
from inspector_app.ui.widgets.basic import Elided, Yielding, label
from inspector_app.ui.widgets.buttons import button, icon_button
from inspector_app.ui.widgets.tips import plain_tip

SEARCH_HINT = "搜索单位、项目、案号、劳动者，支持拼音首字母"
KEY_HINTS = "↑↓ 选择　Enter 打开　Ctrl+N 登记　Ctrl+D 文书　Ctrl+K 命令　F1 帮助"


class SearchOpener(QFrame):
    """Looks like a search box and opens the palette, where one types."""

    def __init__(self, opened: Callable[[], object]) -> None:
        super().__init__()
        self._opened = opened
        self.setObjectName("search")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(SEARCH_HINT)
        fix(self, min_width=220, max_width=440)
        row = box(QHBoxLayout(self), (10, 0, 6, 0), 6)
        row.addWidget(IconLabel("search_20", "text_3", 18))
        row.addWidget(Elided(SEARCH_HINT, "searchHint"), 1)
        row.addWidget(label("Ctrl K", "kbd"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._opened()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._opened()
            return
        super().keyPressEvent(event)


class TopBar(QFrame):
    """Search in the middle of everything, and who sits here."""

    def __init__(
        self,
        actions: Actions,
        set_text_size: Callable[[str], object],
        size_now: Callable[[], str],
    ) -> None:
        super().__init__()
        self.setObjectName("topbar")
        fix(self, height=56)
        self._actions, self._set_size, self._size_now = actions, set_text_size, size_now
        row = box(QHBoxLayout(self), (24, 0, 20, 0), 10)
        row.addWidget(SearchOpener(lambda: actions.trigger("palette")), 1)
        row.addStretch(1)
        self._size_button = icon_button("text_font_size_20", "字号", self._open_sizes)
        row.addWidget(self._size_button)
        row.addWidget(actions.button("theme", "icon"))
        row.addSpacing(6)
        self._avatar = label("", "avatar")
        self._avatar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row.addWidget(self._avatar)
        names = box(QVBoxLayout(), spacing=0)
        names.addStretch()
        self._name = label("", "userName")
        self._role = label("", "userRole")
        names.addWidget(self._name)
        names.addWidget(self._role)
        names.addStretch()
        row.addLayout(names)

    def show_user(self, name: str, role: str) -> None:
        """Who sits here."""
        self._avatar.setText(name[:1])
        self._name.setText(name)
        self._role.setText(role)
        self._role.setVisible(bool(role))

    def _open_sizes(self) -> None:
        menu = self._actions.choice_menu(self, list(TEXT_SIZES), self._size_now(), self._set_size)
        menu.popup(self._size_button.mapToGlobal(self._size_button.rect().bottomLeft()))


class StatusBar(QFrame):
    """Whose ledger this is, how much is in it, and the keys that always work."""

    def __init__(self, *, demo: bool, shared: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("status")
        fix(self, height=28)
        row = box(QHBoxLayout(self), (24, 0, 20, 0), 18)
        self._demo = label("演示数据", "demoTag")
        self._demo.setVisible(demo)
        row.addWidget(self._demo, 0, Qt.AlignmentFlag.AlignVCenter)
        self._ledger = label("本机台账", "status")
        row.addWidget(self._ledger)
        self.exchange = button("", "link", clicked=shared)
        self.exchange.setObjectName("exchange")
        row.addWidget(self.exchange)
        self._note = label("", "status")
        row.addWidget(self._note)
        row.addStretch()
        self._keys = Yielding(KEY_HINTS, "status")
        row.addWidget(self._keys)

    def show_exchange(self, state: ExchangeState) -> None:
        """How the exchange with the shared database stands."""
        words, icon_name, colour = state.words()
        self.exchange.setText(words)
        self.exchange.setIcon(icon(icon_name, colour))
        self.exchange.setAccessibleName(f"共享库：{words}")
        self.exchange.setToolTip(plain_tip(state.tip()))

    def show_cases(self, count: int) -> None:
        """How many cases the ledger on this PC holds."""
        self._ledger.setText(f"本机台账 {count:,} 件")

    def ledger_text(self) -> str:
        """The words about the ledger."""
        return self._ledger.text()

    def say(self, text: str) -> None:
        """A quiet word."""
        self._note.setText(text)
