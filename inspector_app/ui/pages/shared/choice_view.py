"""A conflict or what merged by itself, side by side: nothing is chosen without a button."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.choice_words import RETURNED, Choice
from inspector_app.services.choices import reveal_choice
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.looks_grid import LooksGrid
from inspector_app.ui.pages.reveal import ReasonDialog, Uncovered
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import clear_layout, hair, label
from inspector_app.ui.widgets.buttons import button

PAGES = ("case", "clue", "inspection", "paper")
NEEDED = "涉及法定事实，必须写明理由"
GIVES_UP = "放弃本机改动时必须写明理由"
NO_REASON = "选定一方，未另写理由"  # for what is no legal fact: the trail still says so
LOOK = "两台电脑同时改了本案，各改各的，已自动合并。制发下一份文书前请看一眼。"
MOVED = "共享库的值刚才又变了，这里是现在的值，请再看一遍。"
SHOW, HIDE_AGAIN = "显示个人信息", "隐去个人信息"
MOST_FIELDS = 80  # shown at once: a list of three hundred workers is read in the case
Chosen = Callable[[Choice, str, str], object]


class ChoiceView(QWidget):
    """Fields with both values, the reason, and a button for each side."""

    def __init__(
        self, context: UiContext, chosen: Chosen, looked: Callable[[Choice], object]
    ) -> None:
        super().__init__()
        self._context, self._chosen, self._looked = context, chosen, looked
        self.choice: Choice | None = None
        self._me, self._moved = "", False
        self._full: Choice | None = None  # while it stands in the open
        self.dialog: ReasonDialog | None = None
        self.uncovered = Uncovered(self)
        self.uncovered.over.connect(self.cover)
        column = box(QVBoxLayout(self), (20, 14, 20, 14), 10)
        head = box(QHBoxLayout(), spacing=8)
        self.title = label("", "detailTitle", wrap=True)
        self.open = button("打开记录", "", "document_20", clicked=self._open, small=True)
        self.reveal = button(
            SHOW, "quiet", "eye_20", "要写理由；离开本页或者一分钟后隐去", self.toggle, small=True
        )
        head.addWidget(self.title, 1)
        head.addWidget(self.reveal)
        head.addWidget(self.open)
        column.addLayout(head)
        self.notice = Banner("warning")
        column.addWidget(self.notice)
        self._grid = box(QGridLayout(), spacing=10)
        for place, share in enumerate((2, 3, 3)):
            self._grid.setColumnStretch(place, share)
        column.addLayout(self._grid)
        self.looks = LooksGrid()
        column.addWidget(self.looks)
        column.addWidget(hair())
        self.form = Form()
        self.reason = TextField("reason", "理由", lines=2, most_lines=4)
        self.form.add(self.reason)
        column.addWidget(self.form)
        row = box(QHBoxLayout(), spacing=8)
        self.mine = button("", clicked=lambda: self._take("mine"))
        self.theirs = button("", clicked=lambda: self._take("theirs"))
        self.seen = button("我看过了", "primary", "checkmark_20", clicked=self._see)
        for one in (self.mine, self.theirs, self.seen):
            row.addWidget(one)
        row.addStretch()
        column.addLayout(row)
        column.addStretch()

    def show_choice(self, choice: Choice, me: str) -> None:
        """Show one; a reason typed for another is not carried over, nor what was in the open."""
        shown = self.choice
        if shown is None or shown.id != choice.id:
            self.reason.set_value("")
            self.reason.set_error("")
            self._moved = False
        elif shown.mark != choice.mark:
            self._moved = True
        if shown is None or (shown.id, shown.mark) != (choice.id, choice.mark):
            self._forget()
        self.choice, self._me = choice, me
        self.title.setText("　".join(part for part in (choice.case_no, choice.title) if part))
        self.open.setVisible(choice.root_type in (*PAGES, "employer", "project"))
        mine, theirs = side_names(choice, me)
        self._say(choice)
        self._fill(self._full or choice, mine, theirs)
        self.looks.show_sides((choice.look,) if choice.look else ())
        waits = choice.refused or choice.held
        needed = GIVES_UP if waits else NEEDED
        self.reason.set_hint(needed if choice.legal else "可以不写")
        words = ("再次上传", "放弃本机改动") if waits else (f"采用{mine}", f"采用{theirs}")
        for made, text in zip((self.mine, self.theirs), words, strict=True):
            made.setText(text)
            made.setEnabled(not choice.answered)
        decides = choice.look is None and not choice.decision
        for one in (self.form, self.mine, self.theirs):
            one.setVisible(decides)
        self.mine.setVisible(decides and not choice.held)
        self.seen.setVisible(choice.look is not None)
        self.reveal.setVisible(decides and choice.hides())
        self.reveal.setText(HIDE_AGAIN if self._full else SHOW)

    def _say(self, choice: Choice) -> None:
        at = choice.at[:16].replace("T", " ")
        if choice.decision:
            self.notice.say(choice.decision, "已处理", "success")
        elif choice.look is not None:
            self.notice.say(LOOK, tone="info")
        elif choice.answered:
            self.notice.say("下次同步时生效。", "已经选定", "info")
        elif choice.refused or choice.held:
            title = "共享库退回了这组改动" if choice.refused else "这组改动暂时不能上传"
            self.notice.say(f"{choice.why}（{at}）", title, "warning")
        elif choice.returned or self._moved:
            self.notice.say(MOVED if self._moved else RETURNED, tone="warning")
        else:
            words = f"两处各改了同一内容（{at}）。不选也不会丢，两份都留着。"
            self.notice.say(words, tone="warning")

    def _fill(self, choice: Choice, mine: str, theirs: str) -> None:
        clear_layout(self._grid)
        if choice.look is not None:
            return
        heads = (("字段", ""), (mine, choice.mine_by), (theirs, choice.theirs_by))
        self._put(0, [f"{words}（{who}）" if who else words for words, who in heads], head=True)
        for row, field in enumerate(choice.fields[:MOST_FIELDS], start=1):
            self._put(row, (field.name, field.mine, field.theirs))
        rest = len(choice.fields) - MOST_FIELDS
        if rest > 0:
            self._put(MOST_FIELDS + 1, (f"另有 {rest} 处，打开记录看", "", ""))

    def _put(self, row: int, cells: Sequence[str], *, head: bool = False) -> None:
        for place, words in enumerate(cells):
            role = "label" if head else "value" if place else "body"
            self._grid.addWidget(label(words, role, wrap=True), row, place)

    def cells(self) -> list[str]:
        """The words of the grid, row by row."""
        found = []
        for place in range(self._grid.count()):
            item = self._grid.itemAt(place)
            widget = item.widget() if item else None
            found.append(str(widget.property("text")) if widget else "")
        return found

    # ── what is covered ──────────────────────────────────────────────────────────────────────
    def toggle(self) -> None:
        """Show both values in full once a reason is given, or cover them again."""
        if self.uncovered.lasts():
            self.cover()
        elif self.choice is not None:
            self.dialog = ReasonDialog(self, "查看隐去的内容", "查看", self._ask_for)
            self.dialog.open()

    def _ask_for(self, why: str) -> None:
        """The look is on record before anything is shown."""
        if self.choice is not None:
            desk, which = self._context.desk, self.choice.id
            self._context.tasks.work(self, lambda: reveal_choice(desk, which, why), self._uncover)

    def _uncover(self, full: Choice) -> None:
        shown = self.choice
        if shown is None or full.id != shown.id or not self.isVisible():
            return
        if full.mark != shown.mark:  # it moved on just now
            self._context.exchange.look()
            return
        self._full = full
        self.uncovered.begin()
        self.show_choice(shown, self._me)

    def cover(self) -> None:
        """Covered again: asked for, a minute later, or when the page is left."""
        self._forget()
        if self.choice is not None:
            self.show_choice(self.choice, self._me)

    def _forget(self) -> None:
        self._full = None
        self.uncovered.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves covers."""
        if self.uncovered.lasts():
            self.cover()
        super().hideEvent(event)

    # ── deciding ─────────────────────────────────────────────────────────────────────────────
    def _take(self, side: str) -> None:
        choice, why = self.choice, str(self.reason.value()).strip()
        if choice is None:
            return
        again = choice.refused and side == "mine"
        if choice.legal and not again and len(why) < 2:
            self.form.show_problem("reason", "请写明这样处理的理由")
            return
        self._chosen(choice, side, why if len(why) > 1 else NO_REASON)

    def _see(self) -> None:
        if self.choice is not None and self.choice.look is not None:
            self._looked(self.choice)

    def _open(self) -> None:
        choice = self.choice
        if choice is None:
            return
        if choice.root_type in PAGES:
            self._context.open_page(choice.root_type, choice.root_id)
        else:
            self._context.open_page("parties", f"{choice.root_type}:{choice.root_id}")


def side_names(choice: Choice, me: str) -> tuple[str, str]:
    """What the two sides are called on this PC."""
    if choice.refused or choice.held:
        return "本机的值", "改动前的值"
    if not me:  # nothing was exchanged since the window opened: whose it is stands beside it
        return "另一份的值", "共享库的值"
    return ("本机的值" if choice.mine_by == me else "另一台的值"), "共享库的值"
