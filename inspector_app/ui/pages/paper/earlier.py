"""Below a field: what the last earlier paper of the case says there, and a way to take it over."""

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QWidget

from inspector_app.domain.paper_diff import Piece, Side, around, pieces
from inspector_app.domain.paper_reuse import Earlier, Reuse, Standing, compare, shown
from inspector_app.domain.papers import PaperKind, Value, Values
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.theme.current import tokens
from inspector_app.ui.widgets.basic import set_property

LATER_MS = 300  # after the last key, before wordings are compared again
MOST = 160  # characters of a long wording that are shown; the tooltip has all of it
TAKE, BACK = "#take", "#back"
TAKE_WORDS, BACK_WORDS = "采用", "恢复原来的"


class EarlierLine(QLabel):
    """`taken`: the user wants the earlier words, `put_back`: the ones before that."""

    taken = Signal()
    put_back = Signal()

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self._field = field
        self.reuse: Reuse | None = None
        self._here: Value = None
        self._was_taken = False
        set_property(self, "role", "fieldHint")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.linkActivated.connect(self._follow)
        field.add_below(self)
        QWidget.setTabOrder(field.editor, self)
        self.hide()

    def show_reuse(self, reuse: Reuse | None, here: Value, *, was_taken: bool) -> None:
        """Say what stands there now; nothing while both say the same."""
        self.reuse, self._here, self._was_taken = reuse, here, was_taken
        self.rescale()
        same = reuse is None or reuse.standing is Standing.SAME
        self.setVisible(not same or (was_taken and reuse is not None))
        self.setToolTip(shown(reuse.field, reuse.value) if reuse and not same else "")

    def words(self) -> str:
        """What is read, without marks."""
        reuse = self.reuse
        if reuse is None:
            return ""
        if reuse.standing is Standing.SAME:
            return f"已采用此前{reuse.source.called}的内容" if self._was_taken else ""
        return f"此前{reuse.source.called}写的是：{shown(reuse.field, reuse.value)}"

    def rescale(self) -> None:
        """Words and colours of the look in force."""
        reuse = self.reuse
        if reuse is None:
            self.clear()
            return
        self.setAccessibleName(f"{self._field.name}：{self.words()}")
        if reuse.standing is Standing.SAME:
            self.setText(f"{escape(self.words())}　{_link(BACK, BACK_WORDS)}")
            return
        head = f"此前{escape(reuse.source.called)}写的是："
        self.setText(f"{head}{_said(reuse, self._here)}　{_link(TAKE, TAKE_WORDS)}")

    def _follow(self, target: str) -> None:
        if target == TAKE:
            self.taken.emit()
        else:
            self.put_back.emit()


def _link(target: str, words: str) -> str:
    return f'<a href="{target}" style="color:{tokens().brand};text-decoration:none">{words}</a>'


def _said(reuse: Reuse, here: Value) -> str:
    """The earlier value; where texts differ, both wordings in one row."""
    if reuse.standing is Standing.DIFFERENT and isinstance(here, str):
        return "".join(
            _marked(one) for one in around(pieces(shown(reuse.field, reuse.value), here))
        )
    text = escape(_short(shown(reuse.field, reuse.value)))
    return _in_warning(text) if reuse.striking else text


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST else f"{line[:MOST]}……"


def _marked(one: Piece) -> str:
    text = escape(_short(one.text))
    if one.side is Side.EARLIER:
        return _in_warning(text)
    return f"&nbsp;<s>{text}</s>&nbsp;" if one.side is Side.HERE else text


def _in_warning(text: str) -> str:
    return f'<span style="color:{tokens().warning.fg};font-weight:600">{text}</span>'


class EarlierLines(QObject):
    """The lines of one form. `taken` after a value was put in for the user."""

    taken = Signal()

    def __init__(self, form: Form, kind: PaperKind, values: Callable[[], Values]) -> None:
        super().__init__(form)
        self._form, self._kind, self._values = form, kind, values
        self._earlier: Sequence[Earlier] = ()
        self._before: dict[str, Value] = {}  # what stood in a field before it was taken over
        self.lines: dict[str, EarlierLine] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LATER_MS)
        self._timer.timeout.connect(self.refresh)
        form.changed.connect(self._timer.start)

    def show_papers(self, earlier: Sequence[Earlier]) -> None:
        """The papers that speak."""
        self._earlier = earlier
        self.refresh()

    def refresh(self) -> None:
        """Compare again with what stands in the form."""
        self._timer.stop()
        values = self._values()
        found = {one.field.id: one for one in compare(self._kind, values, self._earlier)}
        for key in found:
            if key not in self.lines:
                self._add(key)
        for key, line in self.lines.items():
            line.show_reuse(found.get(key), values.get(key), was_taken=key in self._before)

    def _add(self, key: str) -> None:
        line = EarlierLine(self._form.fields[key])
        line.taken.connect(lambda: self.take(key))
        line.put_back.connect(lambda: self.put_back(key))
        self.lines[key] = line

    def take(self, key: str) -> None:
        """Put the earlier words into a field; the ones before stay at hand."""
        reuse = self.lines[key].reuse
        if reuse is not None:
            self._before[key] = self._values().get(key)
            self._put(key, reuse.value)

    def put_back(self, key: str) -> None:
        """Put back what stood there before."""
        self._put(key, self._before.pop(key))

    def _put(self, key: str, value: Value) -> None:
        field = self._form.fields[key]
        field.set_value(value)
        field.set_error("")
        field.setFocus()
        self._form.changed.emit()
        self.refresh()
        self.taken.emit()
