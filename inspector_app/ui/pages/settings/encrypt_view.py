"""加密本机台账: name and password, then the recovery code to copy, then it runs."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.errors import UserError
from inspector_app.services import protection
from inspector_app.services.accounts import Login
from inspector_app.services.protection import Plan, Progress
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.login.fields import PasswordField
from inspector_app.ui.pages.settings.security_forms import STRONG
from inspector_app.ui.tasks import Report
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import Panel, clear_layout, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.ticks import TickBox

WHY = (
    "加密后，台账、附件、存档文书和备份在磁盘上都读不出内容；打开要登录，离开一会儿会自动锁定。"
    "忘记密码可用恢复码；密码和恢复码都没有了，谁也打不开。"
)
KEEP = "抄在纸上交单位保管，不要存在这台电脑里。关掉这一页后不再显示。"


class CodeSheet(QWidget):
    """The recovery code in large groups, to be copied by hand."""

    def __init__(self) -> None:
        super().__init__()
        column = box(QVBoxLayout(self), spacing=10)
        column.addWidget(label("恢复码", "sectionTitle"))
        tile = fix(Panel((20, 14, 20, 14), 0), max_width=560)
        tile.setObjectName("tile")
        self._grid = box(QGridLayout(), spacing=10)
        tile.column.addLayout(self._grid)
        column.addWidget(tile)
        row = box(QHBoxLayout(), spacing=8)
        row.addWidget(button("复制", "", "copy_20", clicked=self._copy, small=True))
        row.addWidget(label(KEEP, "fieldHint", wrap=True), 1)
        column.addLayout(row)
        self.code = ""

    def show_code(self, code: str) -> None:
        """Show a code; "" shows none."""
        self.code = code
        clear_layout(self._grid)
        for number, group in enumerate(code.split("-") if code else []):
            made = label(group, "code")
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._grid.addWidget(made, number // 4, number % 4)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code)


class EncryptView(QWidget):
    """Two steps and the run; `done` gets the login of the first account."""

    def __init__(self, context: UiContext, done: Callable[[Login], object]) -> None:
        super().__init__()
        self._context, self._done_then = context, done
        self._plan: Plan | None = None
        column = box(QVBoxLayout(self), spacing=14)
        column.addWidget(label(WHY, "body", wrap=True))
        self.told = fix(Banner("warning"), max_width=640)
        self.told.hide()
        column.addWidget(self.told)
        self.steps = QStackedWidget()
        self.steps.addWidget(self._build_password())
        self.steps.addWidget(self._build_code())
        column.addWidget(self.steps)
        column.addStretch()

    # ── first step ───────────────────────────────────────────────────────────────────────────
    def _build_password(self) -> QWidget:
        made = QWidget()
        column = box(QVBoxLayout(made), spacing=12)
        self.form = fix(Form(), max_width=420)
        self.name = LineField("name", "账号", required=True, hint="登录名单上的姓名")
        self.name.set_value(self._context.desk.actor)
        self.form.add(self.name)
        self.form.add(PasswordField("password", "密码", hint=STRONG))
        self.form.add(PasswordField("again", "再输一遍"))
        self.form.submitted.connect(self.prepare)
        column.addWidget(self.form)
        row = box(QHBoxLayout())
        self.next = button("下一步：抄恢复码", "primary", clicked=self.prepare)
        row.addWidget(self.next)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        return made

    def prepare(self) -> None:
        """Make the key and the code; nothing is written yet."""
        if not self.form.validate():
            return
        said = {key: str(value) for key, value in self.form.values().items()}
        if said["password"] != said["again"]:
            self.form.show_problem("again", "两次输入的密码不一样")
            return
        desk = self._context.desk
        own = desk.actor_id or "" if said["name"] == desk.actor else ""
        self.next.setEnabled(False)
        self._context.tasks.query(
            self,
            lambda: protection.plan(desk, said["name"], own, said["password"]),
            self._show_code,
            self._refused,
        )

    def _refused(self, error: Exception) -> None:
        self.next.setEnabled(True)
        field = error.field if isinstance(error, UserError) else ""
        if not (field and self.form.show_problem(field, sentence_of(error))):
            self.told.say(sentence_of(error), tone="warning")

    # ── second step ──────────────────────────────────────────────────────────────────────────
    def _build_code(self) -> QWidget:
        made = QWidget()
        column = box(QVBoxLayout(made), spacing=12)
        self.sheet = CodeSheet()
        column.addWidget(self.sheet)
        self.copied = TickBox("恢复码已抄下")
        column.addWidget(self.copied)
        row = box(QHBoxLayout(), spacing=8)
        self.go = button("开始加密", "primary", "lock_closed_20", clicked=self.run)
        self.copied.toggled.connect(self.go.setEnabled)
        self.back = button("返回", clicked=self.start_over)
        row.addWidget(self.go)
        row.addWidget(self.back)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()
        return made

    def _show_code(self, made: Plan) -> None:
        self.next.setEnabled(True)
        self.told.hide()
        self._plan = made
        self.sheet.show_code(made.code)
        self.copied.setChecked(False)
        self.go.setEnabled(False)
        self.steps.setCurrentIndex(1)
        self.copied.setFocus()

    def start_over(self) -> None:
        """The first step, empty; key and code are thrown away."""
        self._plan = None
        self.sheet.show_code("")
        for key in ("password", "again"):
            self.form.fields[key].set_value("")
        self.form.set_clean()
        self.steps.setCurrentIndex(0)

    # ── the run ──────────────────────────────────────────────────────────────────────────────
    def run(self) -> None:
        """Encrypt on the worker, with progress and 停止 at the foot of the window."""
        made, desk = self._plan, self._context.desk
        if made is None or not self.go.isEnabled():
            return
        self._running(True)
        self._context.exchange.stop()

        def encrypt(report: Report) -> Login:
            return protection.encrypt(desk, made, Progress(report.progress, report.cancelled))

        self._context.tasks.long_work(self, "正在加密本机台账", encrypt, self._done, self._failed)

    def _running(self, running: bool) -> None:
        for one in (self.go, self.back, self.copied):
            one.setEnabled(not running)

    def _done(self, login: Login) -> None:
        self._running(False)
        self.start_over()
        self._context.exchange.start()
        self._done_then(login)

    def _failed(self, error: Exception) -> None:
        self._running(False)
        self._context.exchange.start()
        self.told.say(sentence_of(error), "没有加密", "warning")
