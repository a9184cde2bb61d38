"""A conflict or what merged by itself, side by side: nothing is chosen without a button."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.services.choices import Choice
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.looks_grid import LooksGrid
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import clear_layout, hair, label
from inspector_app.ui.widgets.buttons import button

PAGES = ("case", "clue", "inspection", "paper")
NO_REASON = "选定一方，未另写理由"  # for what is no legal fact: the trail still says so
LOOK = "两台电脑同时改了本案，各改各的，已自动合并。制发下一份文书前请看一眼。"
Chosen = Callable[[Choice, str, str], object]


class ChoiceView(QWidget):
    """Fields with both values, the reason, and a button for each side."""

    def __init__(
        self, context: UiContext, chosen: Chosen, looked: Callable[[Choice], object]
    ) -> None:
        super().__init__()
        self._context, self._chosen, self._looked = context, chosen, looked
        self.choice: Choice | None = None
        column = box(QVBoxLayout(self), (20, 14, 20, 14), 10)
        head = box(QHBoxLayout(), spacing=8)
        self.title = label("", "detailTitle", wrap=True)
        self.open = button("打开记录", "", "document_20", clicked=self._open, small=True)
        head.addWidget(self.title, 1)
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
        """Show one; a reason typed for another is not carried over."""
        if self.choice is None or self.choice.id != choice.id:
            self.reason.set_value("")
            self.reason.set_error("")
        self.choice = choice
        self.title.setText("　".join(part for part in (choice.case_no, choice.title) if part))
        self.open.setVisible(choice.root_type in (*PAGES, "employer", "project"))
        mine, theirs = side_names(choice, me)
        self._say(choice)
        self._fill(choice, mine, theirs)
        self.looks.show_sides((choice.look,) if choice.look else ())
        self.reason.set_hint("涉及法定事实，必须写明理由" if choice.legal else "可以不写")
        words = ("再次上传", "放弃本机改动") if choice.refused else (f"采用{mine}", f"采用{theirs}")
        for made, text in zip((self.mine, self.theirs), words, strict=True):
            made.setText(text)
            made.setEnabled(not choice.answered)
        decides = choice.look is None and not choice.decision
        for one in (self.form, self.mine, self.theirs):
            one.setVisible(decides)
        self.seen.setVisible(choice.look is not None)

    def _say(self, choice: Choice) -> None:
        at = choice.at[:16].replace("T", " ")
        if choice.decision:
            self.notice.say(choice.decision, "已处理", "success")
        elif choice.look is not None:
            self.notice.say(LOOK, tone="info")
        elif choice.answered:
            self.notice.say("下次同步时生效。", "已经选定", "info")
        elif choice.refused:
            self.notice.say(f"{choice.why}（{at}）", "共享库退回了这组改动", "warning")
        else:
            words = f"两处各改了同一内容（{at}）。不选也不会丢，两份都留着。"
            self.notice.say(words, tone="warning")

    def _fill(self, choice: Choice, mine: str, theirs: str) -> None:
        clear_layout(self._grid)
        if choice.look is not None:
            return
        heads = (("字段", ""), (mine, choice.mine_by), (theirs, choice.theirs_by))
        self._put(0, [f"{words}（{who}）" if who else words for words, who in heads], head=True)
        for row, field in enumerate(choice.fields, start=1):
            self._put(row, (field.name, field.mine, field.theirs))

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

    def _take(self, side: str) -> None:
        choice, why = self.choice, str(self.reason.value()).strip()
        if choice is None:
            return
        if choice.legal and len(why) < 2:
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
    if choice.refused:
        return "本机的值", "改动前的值"
    if not me:  # nothing was exchanged since the window opened: whose it is stands beside it
        return "另一份的值", "共享库的值"
    return ("本机的值" if choice.mine_by == me else "另一台的值"), "共享库的值"
