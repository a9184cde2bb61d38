"""连接设置: what is kept is where and as whom; the password lives only as long as the window."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from inspector_app.errors import UserError
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.exchange_state import ExchangeState
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.pages.shared.other_dialog import OtherDialog
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

if TYPE_CHECKING:
    from inspector_app.services.shared_place import Place

KEPT = "密码只在本次打开窗口期间使用，不写入磁盘。服务器地址和账号由管理员提供。"


class PlaceForm(QWidget):
    """The form, 测试连接 and 保存并同步."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._other = ""
        column = box(QVBoxLayout(self), (20, 16, 20, 16), 12)
        column.addWidget(label(KEPT, "fieldHint", wrap=True))
        self.form = fix(Form(), max_width=560)
        host = LineField("host", "服务器", required=True, placeholder="例如：10.12.3.8")
        port = LineField("port", "端口", required=True)
        self.form.add(host, port, widths=(3, 1))
        database = LineField("database", "库名", required=True)
        user = LineField("user", "用户", required=True)
        self.form.add(database, user)
        self.password = LineField("password", "密码", placeholder="每次打开窗口后输入一次")
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.add(self.password)
        self.form.set_values({"port": "5432"})
        self.form.submitted.connect(self.save)
        column.addWidget(self.form)
        row = box(QHBoxLayout(), spacing=8)
        self.test = button("测试连接", "", "link_20", clicked=self.try_line)
        self.keep = button("保存并同步", "primary", clicked=self.save)
        row.addWidget(self.test)
        row.addWidget(self.keep)
        row.addStretch()
        column.addLayout(row)
        self.told = fix(Banner("success"), max_width=560)
        self.told.hide()
        column.addWidget(self.told)
        column.addStretch()

    def load(self) -> None:
        """Fill in what is kept, unless somebody is typing."""
        if not self.form.is_dirty():
            self._context.exchange.place(self, self._show)

    def _show(self, place: "Place") -> None:
        if not self.form.is_dirty():
            values = {"host": place.host, "database": place.database, "user": place.user}
            self.form.set_values({**values, "port": place.port})

    def _typed(self) -> "Place":
        # The service loads the database driver: only who sets a connection up pays for it.
        from inspector_app.services.shared_place import Place

        said = {key: str(value) for key, value in self.form.values().items()}
        return Place(said["host"], said["port"], said["database"], said["user"])

    def _secret(self) -> str:
        return self.password.edit.text()

    def try_line(self) -> None:
        """Connect once; nothing is kept, nothing exchanged."""
        if not self.form.validate():
            return
        self._busy(True)
        exchange = self._context.exchange
        exchange.try_line(self, self._typed(), self._secret(), self._tried, self._failed)

    def _tried(self, _none: object) -> None:
        self._busy(False)
        self.told.say("可以保存并同步。", "已连上共享库", "success")

    def save(self) -> None:
        """Keep the place and exchange."""
        if not self.form.validate():
            return
        self.told.hide()
        place, secret = self._typed(), self._secret()
        self.form.set_clean()
        self.password.set_value("")
        self.form.set_clean()
        self._context.exchange.set_up(self, place, secret, self._failed)

    def _failed(self, error: Exception) -> None:
        self._busy(False)
        field = error.field if isinstance(error, UserError) else ""
        if not (field and self.form.show_problem(field, sentence_of(error))):
            self.told.say(sentence_of(error), "没有连上", "warning")

    def _busy(self, busy: bool) -> None:
        self.test.setEnabled(not busy)
        if busy:
            self.told.say("正在连接…", tone="info")

    # ── another database ─────────────────────────────────────────────────────────────────────
    def show_other(self, state: ExchangeState) -> bool:
        """Say that the line leads to another database; whether that is news."""
        if state.running or state.other == self._other:
            return False
        self._other = state.other
        if not state.other:
            self.told.say("")
            return False
        self.ask = button("改属这个库…", "", clicked=self.ask_other, small=True)
        self.told.say(state.trouble, "没有同步", "danger", buttons=(self.ask,))
        return True

    def ask_other(self) -> None:
        """Ask what it means; leaving chooses nothing."""
        exchange = self._context.exchange
        self.dialog = OtherDialog(self._context, exchange.state.trouble, exchange.go_over)
        self.dialog.open()
