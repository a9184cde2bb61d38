"""附件与 U 盘: what files wait, and exchanging by file when the line is down."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.errors import UserError
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.pages.shared.file_rows import HANDED, file_facts, key_facts, trouble_words
from inspector_app.ui.tables.view import HEADER_HEIGHT, LEDGER_ROW, RowsTable
from inspector_app.ui.tasks import Report, Task
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner, ProgressStrip
from inspector_app.ui.widgets.basic import FactGrid, hair, label
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.drop import DropArea

if TYPE_CHECKING:
    from inspector_app.services.by_file import Parcel, Standing
    from inspector_app.services.shared_files import FilesStanding

ENDING = ".labx"
HOW = (
    "线路不通时：点“导出数据包”存到 U 盘，交给共享库的管理员收下，"
    "把他给的回执带回来，点“导入数据包”。数据包加密，只有收件方能打开。"
)
HAND = "同事可以看这件案件的案卷，并把本机待上传的改动带给共享库；改动仍然算你的。"
UNSURE = "共享库还没有确认，写错了可以改，再导出一次。"
NOTHING_CHOSEN = "请先选中一件同事交来的案件。"
DROP = "把 .labx 文件拖到这里，或者点一下选择"
_PATTERN = f"数据包 (*{ENDING})"
_WIDTH, _MOST_ROWS = 720, 6
_FOLDER = "stick_folder"
_MARK = re.compile(r"(?:[0-9A-F]{4} ){7}[0-9A-F]{4}")


class FileView(QWidget):
    """Everything slow runs on the network worker, beside which the window goes on."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self.standing: Standing | None = None
        self._task: Task[object] | None = None
        self._card = Path()
        column = box(QVBoxLayout(self), (20, 16, 20, 16), 10)
        column.addWidget(label("附件", "sectionTitle"))
        self.files = FactGrid(3)
        column.addWidget(self.files)
        self.troubles = Banner("warning")
        self.troubles.hide()
        column.addWidget(self.troubles)
        column.addWidget(hair())
        self._build_stick(column)
        column.addWidget(hair())
        self._build_hand(column)
        column.addStretch()
        context.tasks.progressed.connect(self._moved)

    def _build_stick(self, column: QVBoxLayout) -> None:
        column.addWidget(label("用文件同步", "sectionTitle"))
        column.addWidget(label(HOW, "fieldHint", wrap=True))
        self.account = LineField("account", "你在共享库的登录名", required=True)
        self.form = fix(Form(), max_width=360)
        self.form.add(self.account)
        column.addWidget(self.form)
        row = box(QHBoxLayout(), spacing=8)
        self.out = button("导出数据包", "primary", "save_20", clicked=self.export)
        self.take = button("导入数据包", "", "arrow_import_20", clicked=self.choose)
        self.card = button("导出名片", "", clicked=self.export_card)
        for one in (self.out, self.take, self.card):
            row.addWidget(one)
        row.addStretch()
        column.addLayout(row)
        self.strip = ProgressStrip("正在处理数据包", self._stop)
        self.strip.hide()
        column.addWidget(self.strip)
        self.told = Banner("success")
        self.told.hide()
        column.addWidget(self.told)
        self.drop = DropArea(DROP, (ENDING,), "数据包")
        self.drop.dropped.connect(lambda paths: self.take_in(paths[0]))
        column.addWidget(fix(self.drop, max_width=_WIDTH))
        self.keys = FactGrid(2)
        column.addWidget(self.keys)

    def _build_hand(self, column: QVBoxLayout) -> None:
        column.addWidget(label("交给同事", "sectionTitle"))
        column.addWidget(label(HAND, "fieldHint", wrap=True))
        self.case = LineField("case", "案号", required=True)
        self.to = ChoiceField("to", "同事", required=True, hint="先导入对方的名片")
        self.hand_form = fix(Form(), max_width=_WIDTH)
        self.hand_form.add(self.case, self.to)
        column.addWidget(self.hand_form)
        row = box(QHBoxLayout(), spacing=8)
        self.hand = button("交给同事", "", "send_20", clicked=self.hand_over)
        row.addWidget(self.hand)
        row.addStretch()
        column.addLayout(row)
        self.handed: RowsTable[Parcel] = RowsTable(
            HANDED, lambda one: one.id, grid=True, name="同事交来的案件"
        )
        self.handed.opened.connect(lambda _one: self.save_copy())
        column.addWidget(self.handed)
        below = box(QHBoxLayout(), spacing=8)
        self.read = button("案卷存为 PDF", "", "document_20", clicked=self.save_copy)
        self.drop_it = button("移除", "quiet", clicked=self.forget)
        below.addWidget(self.read)
        below.addWidget(self.drop_it)
        below.addStretch()
        column.addLayout(below)

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def load(self) -> None:
        """Count files, read keys and what colleagues handed over."""
        desk = self._context.desk

        def look() -> "tuple[Standing, FilesStanding]":
            # Cryptography takes a while to load: only who comes here pays for it.
            from inspector_app.services import by_file, shared_files

            return by_file.standing(desk), shared_files.standing(desk)

        self._context.tasks.query(self, look, lambda found: self._show(*found))

    def _show(self, standing: "Standing", files: "FilesStanding") -> None:
        self.standing = standing
        self.files.show_facts(file_facts(files))
        self.troubles.say(trouble_words(files), "有的附件没有传成" if files.troubles else "")
        self.form.setVisible(not standing.confirmed)
        self.account.set_hint(UNSURE if standing.account else "")
        if not self.form.is_dirty():
            self.form.set_values({"account": standing.account})
        self.keys.show_facts(key_facts(standing))
        known = [(one.sign, f"{one.name}（{one.account}）") for one in standing.colleagues]
        self.to.set_options(known)
        self.handed.show_rows(standing.parcels)
        for one in (self.handed, self.read, self.drop_it):
            one.setVisible(bool(standing.parcels))
        rows = min(len(standing.parcels), _MOST_ROWS)
        fix(self.handed, height=HEADER_HEIGHT + rows * LEDGER_ROW + 2)

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def _who(self) -> str | None:
        """The login, typed while nobody confirmed it; None when it has to be typed first."""
        if self.standing is not None and self.standing.confirmed:
            return ""
        said = str(self.account.value() or "").strip()
        if not said:
            self.form.show_problem("account", "请填写登录名，联网同步过的电脑不用填。")
            return None
        return said

    def _ask(self, title: str, name: str, pattern: str = _PATTERN) -> Path | None:
        folder = self._context.preferences.text(_FOLDER, str(Path.home()))
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(Path(folder) / name), pattern)
        if chosen:
            self._context.preferences.set_text(_FOLDER, str(Path(chosen).parent))
        return Path(chosen) if chosen else None

    def export(self) -> None:
        """Everything that waits into one file."""
        who = self._who()
        if who is None:
            return
        path = self._ask("导出数据包", f"数据包_{self._context.today():%Y%m%d}{ENDING}")
        if path is None:
            return
        desk = self._context.desk

        def work(report: Report) -> str:
            from inspector_app.services import by_file  # loaded on the worker, see load()

            return by_file.told_out(by_file.out(desk, path, account=who, tell=_stoppable(report)))

        self._run(work)

    def export_card(self) -> None:
        """Our own card, for the administrator or a colleague."""
        who = self._who()
        if who is None:
            return
        path = self._ask("导出名片", f"名片_{self._context.desk.actor}{ENDING}")
        if path is None:
            return
        desk = self._context.desk

        def work(_report: Report) -> str:
            from inspector_app.services import by_file  # loaded on the worker, see load()

            mark = by_file.own_card(desk, path, account=who).public().fingerprint()
            return f"名片已写成。对方登记时要核对指纹：{mark}"

        self._run(work)

    def choose(self) -> None:
        """Take in a file of the system's dialog."""
        folder = self._context.preferences.text(_FOLDER, str(Path.home()))
        name, _ = QFileDialog.getOpenFileName(self, "导入数据包", folder, _PATTERN)
        if name:
            self._context.preferences.set_text(_FOLDER, str(Path(name).parent))
            self.take_in(Path(name))

    def take_in(self, path: Path, fingerprint: str = "") -> None:
        """Take in an answer, a colleague's case, or a card whose fingerprint was compared."""
        desk = self._context.desk
        self._card = path

        def work(report: Report) -> str:
            from inspector_app.services import by_file  # loaded on the worker, see load()

            taken = by_file.take_in(
                desk, path, fingerprint=fingerprint, tell=report.progress,
                cancelled=report.cancelled,
            )  # fmt: skip
            return "\n".join(by_file.told(taken))

        self._run(work)

    def hand_over(self) -> None:
        """A case for a colleague."""
        who = self._who()
        if who is None or not self.hand_form.validate():
            return
        case, to = str(self.case.value()), str(self.to.value())
        path = self._ask("交给同事", f"案件_{case}{ENDING}".replace("/", "_"))
        if path is None:
            return
        desk = self._context.desk

        def work(_report: Report) -> str:
            from inspector_app.services import by_file  # loaded on the worker, see load()

            return by_file.told_out(by_file.hand_over(desk, case, to, path, account=who))

        self._run(work)

    def save_copy(self) -> None:
        """The case file of what a colleague handed over, as a PDF."""
        one = self.handed.current_row()
        if one is None:
            self.told.say(NOTHING_CHOSEN, tone="warning")
            return
        name = f"{one.title}.pdf".replace("/", "_")
        path = self._ask("案卷存为 PDF", name, "PDF 文件 (*.pdf)")
        if path is None:
            return
        desk = self._context.desk

        def work(_report: Report) -> str:
            from inspector_app.services import by_file  # loaded on the worker, see load()

            return f"已写成 {by_file.save_copy(desk, one.id, path).name}"

        self._run(work)

    def forget(self) -> None:
        """Take a colleague's case away from this PC."""
        one = self.handed.current_row()
        if one is None:
            self.told.say(NOTHING_CHOSEN, tone="warning")
            return
        desk, parcel = self._context.desk, one.id

        def work(_report: Report) -> str:
            from inspector_app.services import by_file  # loaded on the worker, see load()

            by_file.forget(desk, parcel)
            return "已移除"

        self._run(work)

    # ── running ──────────────────────────────────────────────────────────────────────────────
    def _run(self, work: Callable[[Report], str]) -> None:
        if self._task is not None:
            return
        self.told.say("")
        self.strip.show()
        self._busy(True)
        task = self._context.tasks.network(self, work, self._done, self._failed)
        self._task = task  # type: ignore[assignment]  # only compared and stopped

    def _busy(self, busy: bool) -> None:
        for one in (self.out, self.take, self.card, self.hand, self.read, self.drop):
            one.setEnabled(not busy)

    def _moved(self, news: tuple[Task[object], int, int]) -> None:
        task, done, total = news
        if task is self._task:
            self.strip.show_progress(done, total)

    def _stop(self) -> None:
        if self._task is not None and self._task.report is not None:
            self._task.report.cancel()

    def _over(self) -> None:
        self._task = None
        self.strip.hide()
        self._busy(False)
        # What arrived is in the ledger's trail: the local worker tells it to the pages.
        self._context.tasks.work(self, lambda: None, lambda _: self.load())
        self._context.exchange.look()

    def _done(self, words: str) -> None:
        self._over()
        self.told.say(words, tone="success")

    def _failed(self, error: Exception) -> None:
        self._over()
        if isinstance(error, UserError) and error.kind == "compare":
            self._compare(sentence_of(error))
            return
        self.told.say(sentence_of(error), "没有完成", "warning")

    def _compare(self, words: str) -> None:
        """A card is trusted only after a person read its fingerprint out to its owner."""
        path, mark = self._card, "".join(_MARK.findall(words))
        self.same = button(
            "指纹一致，导入", "", clicked=lambda: self.take_in(path, mark), small=True
        )
        self.told.say(words, "核对指纹", "warning", buttons=(self.same,))


def _stoppable(report: Report) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        if report.cancelled():
            raise UserError("已停止，没有写成文件。", kind="cancelled")
        report.progress(done, total)

    return tell
