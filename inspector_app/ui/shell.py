"""The main window: navigation, top bar, pages, status line, and what floats above them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from inspector_app.errors import OutsideError, UserError
from inspector_app.services.desk import Desk
from inspector_app.ui.actions import Actions
from inspector_app.ui.backend import Backend, Found, WindowFacts
from inspector_app.ui.bars import StatusBar, TopBar
from inspector_app.ui.bus import Bus, Changes
from inspector_app.ui.context import UiContext
from inspector_app.ui.crash import CrashDesk
from inspector_app.ui.drops import FileDrops
from inspector_app.ui.exchange import ExchangeDesk
from inspector_app.ui.help import HelpWindow
from inspector_app.ui.keysheet import KeySheet
from inspector_app.ui.language import speak_chinese
from inspector_app.ui.login.lock import LockDesk
from inspector_app.ui.loss_notice import show_loss
from inspector_app.ui.nav import NavBar
from inspector_app.ui.page import PageSpec, built_pages
from inspector_app.ui.palette import Palette
from inspector_app.ui.preferences import Preferences
from inspector_app.ui.stack import PageStack
from inspector_app.ui.tasks import Task, Tasks
from inspector_app.ui.theme import style
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.theme.icons import icon
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.theme.tokens import TEXT_SIZES
from inspector_app.ui.widgets.banners import Banner, ProgressStrip
from inspector_app.ui.widgets.toast import Toast

TITLE = "劳动保障监察案件工作站"
# Where a hit of the search is shown: the first of these pages that exists.
SHOWN_ON: dict[str, tuple[str, ...]] = {
    "case": ("case", "cases"),
    "worker": ("case", "cases"),
    "clue": ("clue", "clues"),
    "employer": ("parties",),
    "project": ("parties",),
}


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("no application")
    return app


class MainWindow(QMainWindow):
    """One window per ledger."""

    def __init__(
        self,
        desk: Desk,
        backend: Backend,
        resources: Path,
        data_dir: Path,
        *,
        pages: Mapping[str, PageSpec] | None = None,
        shipped_fonts_only: bool = False,
    ) -> None:
        super().__init__()
        self._desk, self._backend, self._resources = desk, backend, resources
        self._shipped_only = shipped_fonts_only
        speak_chinese(_app())
        self.preferences = Preferences(data_dir)
        self.bus = Bus()
        self.tasks = Tasks(self.bus, backend.drain)
        self.exchange = ExchangeDesk(desk, self.tasks, data_dir)
        self.actions_ = Actions(self)
        self.crash = CrashDesk(data_dir, self)
        self.stack = PageStack(pages if pages is not None else built_pages(), self.bus)
        self.setWindowIcon(icon("shield_checkmark_24_filled", "brand"))
        self.setWindowTitle(f"{TITLE}（演示数据）" if desk.demo else TITLE)
        self._build()
        self.lock = LockDesk(self, desk, self.tasks, self.actions_, self.preferences)
        self.context = self._make_context()
        self.stack.set_context(self.context)
        self.palette_ = Palette(self, self.context, backend.search, self._open_hit)
        self.help = HelpWindow(resources / "help", self)
        self._strips: dict[Task[object], ProgressStrip] = {}
        self._connect()
        self._handle_actions()
        self._restore()

    # ── building ─────────────────────────────────────────────────────────────────────────────
    def _build(self) -> None:
        root = QWidget()
        row = box(QHBoxLayout(root))
        keys = {
            spec.opens: spec.keys
            for spec in self.actions_.specs.values()
            if spec.id.startswith("page.")
        }
        specs = tuple(self.stack.specs.values())
        self.nav = NavBar(specs, self.open_page, self.show_help, keys)
        row.addWidget(self.nav)
        right = box(QVBoxLayout())
        self.top = TopBar(self.actions_, self.set_text_size, self._text_size)
        self.top.show_user(self._desk.actor, "")
        self.banner = Banner("danger", closable=True)
        self.banner.hide()
        self.status = StatusBar(demo=self._desk.demo, shared=self._open_shared)
        self.status.show_exchange(self.exchange.state)
        self._running = box(QVBoxLayout())
        right.addWidget(self.top)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        right.addLayout(self._running)
        right.addWidget(self.status)
        row.addLayout(right, 1)
        self.setCentralWidget(root)
        self.toast_ = Toast(root)

    def _make_context(self) -> UiContext:
        return UiContext(
            desk=self._desk,
            tasks=self.tasks,
            bus=self.bus,
            actions=self.actions_,
            preferences=self.preferences,
            resources=self._resources,
            window=self,
            open_page=self.open_page,
            back=self.go_back,
            toast=self.toast_.say,
            done=self.say_done,
            trouble=self.show_trouble,
            exchange=self.exchange,
        )

    def _connect(self) -> None:
        self.tasks.user_error.connect(self.show_trouble)
        self.tasks.outside_error.connect(self.show_trouble)
        self.tasks.bug.connect(self.show_trouble)
        self.tasks.started.connect(self._long_began)
        self.tasks.progressed.connect(self._long_moved)
        self.tasks.finished.connect(self._long_ended)
        self.bus.changed.connect(self._count_again)
        self.stack.shown.connect(self._page_shown)
        self.exchange.changed.connect(self.status.show_exchange)
        self.bus.changed.connect(self.exchange.look)
        # A package let go of anywhere; pages that take drops of their own come first.
        FileDrops(self, (".labx",), lambda path: self.open_page("shared", f"file:{path}"))

    def _handle_actions(self) -> None:
        built = self.stack.specs
        for spec in self.actions_.specs.values():
            if spec.opens in built:
                self.actions_.handle(spec.id, self._opener(spec.opens, spec.arg or None))
        own: dict[str, Callable[[], object]] = {
            "palette": self.palette_.open,
            "undo": self.undo_last,
            "back": self.go_back,
            "theme": self.toggle_theme,
            "text.size": self.next_text_size,
            "sync": self.sync_now,
            "lock": self.lock_now,
            "keys": lambda: KeySheet(self, self.actions_).open_sheet(),
            "help": self.show_help,
            "refresh": lambda: self.bus.changed.emit(Changes(frozenset({("", "")}))),
        }
        for action_id, handler in own.items():
            self.actions_.handle(action_id, handler)

    def _opener(self, name: str, arg: object) -> Callable[[], object]:
        return lambda: self.open_page(name, arg)

    def _restore(self) -> None:
        geometry = self.preferences.blob("geometry")
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(1440, 900)

    def start(self) -> None:
        """Show the first page and the counts."""
        first = "home" if "home" in self.stack.specs else next(iter(self.stack.specs), "")
        if first:
            self.open_page(first)
        self._count_again()
        self.exchange.start()
        if self._desk.rules_problem:
            self.banner.say(self._desk.rules_problem, tone="warning")
        show_loss(self.banner, self._desk.ledger)

    # ── pages ────────────────────────────────────────────────────────────────────────────────
    def open_page(self, name: str, arg: object = None) -> None:
        """Bring a page into view; a page that does not exist is a bug of the caller."""
        if not self.stack.open(name, arg):
            self._light(self.stack.specs[self.stack.current_name()])

    def sync_now(self) -> None:
        """F5: exchange at once; without a shared database, the page where one is set up."""
        if self.exchange.is_set_up() and not self.exchange.state.needs_password:
            self.exchange.run()
        else:
            self._open_shared()

    def _open_shared(self) -> None:
        if "shared" in self.stack.specs:
            self.open_page("shared")

    def lock_now(self) -> None:
        """Ctrl+L: hide everything until the password comes; without one, say how to get it."""
        if not self.lock.lock():
            self.toast_.say(
                "台账没有加密，不能锁定", lambda: self.open_page("settings", "安全"), "去加密"
            )

    def go_back(self) -> None:
        """Esc: close what floats, else the page before."""
        if self.palette_.isVisible():
            self.palette_.close_palette()
        else:
            self.stack.back()

    def _page_shown(self, spec: PageSpec) -> None:
        self._light(spec)
        page = self.stack.current()
        self.actions_.set_page(page.handlers() if page is not None else {})

    def _light(self, spec: PageSpec) -> None:
        self.nav.set_current(spec.name if spec.nav else spec.under)

    def _open_hit(self, hit: Found) -> None:
        for name in SHOWN_ON.get(hit.kind, ()):
            if name in self.stack.specs:
                arg = f"{hit.kind}:{hit.id}" if name == "parties" else hit.id
                self.open_page(name, arg)
                return

    # ── words to the user ────────────────────────────────────────────────────────────────────
    def say_done(self, text: str) -> None:
        """A toast for what was just committed, with 撤销 for it."""
        own = self.tasks.last_changes.own
        if not own:
            self.toast_.say(text)
            return
        self.toast_.say(text, lambda: self._undo(own[-1]))

    def _undo(self, changeset: str) -> None:
        self.tasks.work(
            self, lambda: self._backend.undo(changeset), lambda _: self.toast_.say("已撤销")
        )

    def undo_last(self) -> None:
        """Ctrl+Z: take the newest own action back."""
        self.tasks.work(
            self, self._backend.undo_last, lambda action: self.toast_.say(f"已撤销：{action}")
        )

    def show_trouble(self, error: Exception) -> None:
        """An expected error in words, anything else as a crash report."""
        if isinstance(error, UserError):
            self.toast_.say(error.message)
        elif isinstance(error, OutsideError):
            self.banner.say(error.message, tone="danger")
        else:
            self.crash.show(error)

    # ── counts ───────────────────────────────────────────────────────────────────────────────
    def _count_again(self, _changes: object = None) -> None:
        # After the page's own query, so that the page is never kept waiting by its numbers.
        QTimer.singleShot(0, self, self._ask_counts)

    def _ask_counts(self) -> None:
        self.tasks.query(self, self._backend.facts, self._show_facts)

    def _show_facts(self, facts: WindowFacts) -> None:
        self.nav.show_count("home", facts.overdue, "danger")
        self.nav.show_count("clues", facts.clues, "brand")
        self.status.show_cases(facts.cases)
        self.top.show_user(self._desk.actor, facts.department)

    # ── long work ────────────────────────────────────────────────────────────────────────────
    def _long_began(self, task: Task[object]) -> None:
        report = task.report
        if report is not None:
            strip = ProgressStrip(task.title, report.cancel)
            self._strips[task] = strip
            self._running.addWidget(strip)

    def _long_moved(self, news: tuple[Task[object], int, int]) -> None:
        task, done, total = news
        if task in self._strips:
            self._strips[task].show_progress(done, total)

    def _long_ended(self, task: Task[object]) -> None:
        strip = self._strips.pop(task, None)
        if strip is not None:
            strip.hide()
            strip.deleteLater()

    # ── look ─────────────────────────────────────────────────────────────────────────────────
    def _text_size(self) -> str:
        scale = tokens().scale
        return next((name for name, value in TEXT_SIZES.items() if value == scale), "标准")

    def set_text_size(self, name: str) -> None:
        """标准, 大 or 特大."""
        self.preferences.set_text("text_size", name)
        self._apply(tokens().name, TEXT_SIZES[name])

    def next_text_size(self) -> None:
        """The next larger, from the largest to the smallest."""
        names = list(TEXT_SIZES)
        name = names[(names.index(self._text_size()) + 1) % len(names)]
        self.set_text_size(name)
        self.toast_.say(f"字号：{name}")

    def toggle_theme(self) -> None:
        """Dark to light and back."""
        name = "light" if tokens().name == "dark" else "dark"
        self.preferences.set_text("theme", name)
        self._apply(name, tokens().scale)

    def _apply(self, name: str, scale: float) -> None:
        only = self._shipped_only
        style.apply(_app(), self._resources, name, scale, shipped_fonts_only=only)

    def show_help(self) -> None:
        """F1: the help text of where one stands."""
        spec = self.stack.specs.get(self.stack.current_name())
        self.help.show_topic((spec.help or spec.name) if spec is not None else "")

    # ── the end ──────────────────────────────────────────────────────────────────────────────
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.stack.leave_all():
            event.ignore()
            return
        self.preferences.set_blob("geometry", self.saveGeometry())
        self.preferences.save()
        self.exchange.stop()
        self.tasks.finish()
        event.accept()
