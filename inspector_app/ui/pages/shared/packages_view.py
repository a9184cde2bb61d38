"""U 盘带来的数据包: the administrator takes packages in, their answers lie beside them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from inspector_app.errors import OutsideError, UserError
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.tasks import Report, Task
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner, ProgressStrip
from inspector_app.ui.widgets.basic import bring_into_view, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.drop import DropArea

ENDING = ".labx"
HOW = (
    "收下同事用 U 盘带来的数据包，以签名的人的名义记入共享库；回执写在同一个文件夹，带回去导入。"
    "同一个包再收一次不会重复，回执丢了就再收一次。要用数据库管理员的账号，密码不保存。"
)
DROP = "把 .labx 数据包拖到这里，或者点一下选择（可以多选）"
_USER = "keeper.admin"
_WIDTH = 720


class PackagesPanel(QWidget):
    """Everything runs on the network's thread; `over` is called when something was taken in."""

    def __init__(self, context: UiContext, over: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._over = context, over
        self._task: Task[tuple[list[str], bool]] | None = None
        column = box(QVBoxLayout(self), spacing=10)
        column.addWidget(label("U 盘带来的数据包", "sectionTitle"))
        column.addWidget(label(HOW, "fieldHint", wrap=True))
        self.form = fix(Form(), max_width=_WIDTH)
        self.user = LineField("admin", "数据库管理员", required=True)
        self.user.set_value(context.preferences.text(_USER, ""))
        self.password = LineField("password", "密码", required=True)
        self.password.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.form.add(self.user, self.password)
        column.addWidget(self.form)
        self.drop = DropArea(DROP, (ENDING,), "数据包")
        self.drop.dropped.connect(self.take)
        column.addWidget(fix(self.drop, max_width=_WIDTH))
        row = box(QHBoxLayout(), spacing=8)
        self.carried = button(
            "收下同事联网带来的", "", "arrow_import_20", clicked=self.take_carried
        )
        row.addWidget(self.carried)
        row.addStretch()
        column.addLayout(row)
        self.strip = ProgressStrip("正在收数据包", self._stop)
        self.strip.hide()
        column.addWidget(self.strip)
        self.told = fix(Banner("success"), max_width=_WIDTH)
        self.told.hide()
        column.addWidget(self.told)
        context.tasks.progressed.connect(self._moved)

    def hideEvent(self, event: QHideEvent) -> None:
        """The password goes with the view."""
        super().hideEvent(event)
        self.password.set_value("")

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def take(self, paths: Sequence[Path]) -> None:
        """Take these packages in, one after the other; one that is refused stops none."""
        wanted = list(paths)

        def work(dsn: str, report: Report) -> tuple[list[str], bool]:
            # Loads the database driver, on the worker that needs it anyway.
            from inspector_app.services import server_files

            lines, good = list[str](), True
            for done, path in enumerate(wanted):
                report.progress(done, len(wanted))
                try:
                    made = server_files.take_beside(dsn, path, _step(report))
                except (UserError, OutsideError) as error:
                    if error.kind in _ALL_ALIKE:
                        raise
                    lines, good = [*lines, f"{path.name}：{error.message}"], False
                    continue
                lines += [f"{path.name}：{line}" for line in server_files.told(made.result)]
                lines += [f"回执：{made.reply.name}"] if made.reply else []
            return lines, good

        self._run(work)

    def take_carried(self) -> None:
        """Take in what colleagues' PCs carried here over the line."""

        def work(dsn: str, _report: Report) -> tuple[list[str], bool]:
            # Loads the database driver, on the worker that needs it anyway.
            from inspector_app.services import server_files

            found = server_files.take_parcels(dsn)
            lines = list[str]()
            for one in found:
                lines += (
                    [f"{one[:12]} 没有收下"] if isinstance(one, str) else server_files.told(one)
                )
            refused = any(isinstance(one, str) for one in found)
            return lines or ["没有同事联网带来的数据包。"], not refused

        self._run(work)

    def _run(self, work: Callable[[str, Report], tuple[list[str], bool]]) -> None:
        if self._task is not None or not self.form.validate():
            return
        folder, user = self._context.exchange.folder, self.user.text()
        password = self.password.text()
        self._context.preferences.set_text(_USER, user)
        self.told.say("")
        self.strip.show()
        self._busy(True)

        def run(report: Report) -> tuple[list[str], bool]:
            # Loads the database driver, on the worker that needs it anyway.
            from inspector_app.services.server_files import keeper_dsn

            return work(keeper_dsn(folder, user, password), report)

        self._task = self._context.tasks.network(self, run, self._done, self._failed)

    def _busy(self, busy: bool) -> None:
        for one in (self.drop, self.carried):
            one.setEnabled(not busy)

    def _moved(self, news: tuple[Task[object], int, int]) -> None:
        task, done, total = news
        if task is self._task and total > 1:
            self.strip.show_progress(done, total)

    def _stop(self) -> None:
        if self._task is not None and self._task.report is not None:
            self._task.report.cancel()

    def _end(self) -> None:
        self._task = None
        self.strip.hide()
        self._busy(False)

    def _done(self, found: tuple[list[str], bool]) -> None:
        self._end()
        lines, good = found
        self._tell("\n".join(lines), "" if good else "有的没有收下", good=good)
        self._over()

    def _failed(self, error: Exception) -> None:
        self._end()
        self._tell(sentence_of(error), "没有收下", good=False)

    def _tell(self, words: str, title: str, *, good: bool) -> None:
        """Say what became of it, where one sees it: packages may be let go of far above."""
        self.told.say(words, title, "success" if good else "warning")
        QTimer.singleShot(0, self.told, lambda: bring_into_view(self.told))  # once it has its place


# These are not of one package: the next one would fare no better.
_ALL_ALIKE = (
    "password",
    "account",
    "rights",
    "connection",
    "certificate",
    "not_ready",
    "cancelled",
)


def _step(report: Report) -> Callable[[], None]:
    def step() -> None:
        if report.cancelled():
            message = "已停止。已经收下的部分有效，再收一次同一个包就接着收。"
            raise UserError(message, kind="cancelled")

    return step
