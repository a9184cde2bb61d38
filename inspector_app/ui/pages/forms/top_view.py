"""文书: what the paper is called, its printed title and number, and what stays as shipped."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.form_names import LONGEST_CHAR, LONGEST_TITLE
from inspector_app.domain.form_words import shown, typed
from inspector_app.domain.papers import PaperKind
from inspector_app.errors import UserError
from inspector_app.library.form_text import Literal, set_key
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.forms.samples import lines_of
from inspector_app.ui.pages.forms.work import FormWork, is_typing, show_alone
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import FactGrid, hair, label, scrolling

NAME_HINT = "列表、登记簿和文件名里用"
HEADING_HINT = "印一行写一行；{局名称} 印本局的全称"
CHAR_HINT = "字号格式、括号、位数、跨年怎样编在“设置 · 字号”里定"
VERIFIED = {"full": "已核全文", "excerpt": "逐条节选", "secondary": "转述", "unseen": "未见原文"}


class TopView(QWidget):
    """The keys at the top of a form and its first title; law, rules and audience are told."""

    def __init__(self, work: FormWork, settings: Mapping[str, str]) -> None:
        super().__init__()
        self._work, self._settings = work, settings
        self._heading = -1  # number of the block that prints the title
        self.form = Form(12)
        self.name = LineField(
            "title", "文书名称", required=True, max_length=LONGEST_TITLE, hint=NAME_HINT
        )
        self.heading = TextField("heading", "印在纸上的标题", lines=2, hint=HEADING_HINT)
        self.char = LineField(
            "series_char", "文种代字", required=True, max_length=LONGEST_CHAR, hint=CHAR_HINT
        )
        self.copies = TextField("copies", "各联", lines=2, most_lines=6, hint="一行一联")
        self.form.add(self.name)
        self.form.add(self.heading)
        self.form.add(self.char)
        self.form.add(self.copies)
        self.form.column.addWidget(hair())
        self.form.column.addWidget(label("由随程序的格式定", "sectionTitle"))
        self.facts = FactGrid(1)
        self.form.column.addWidget(self.facts)
        self.form.column.addStretch()
        holder = QWidget()
        box(QVBoxLayout(holder), (14, 12, 8, 12)).addWidget(self.form)
        box(QVBoxLayout(self)).addWidget(scrolling(holder))
        self.form.changed.connect(self._apply)

    # ── showing ──────────────────────────────────────────────────────────────────────────────
    def refresh(self, *, anew: bool = False) -> None:
        """Show the text on the desk; what is being typed in stays as it is."""
        kind = self._work.kind()
        if kind is None:
            return
        blocks = [block.kind for block in kind.body]
        self._heading = blocks.index("title") if "title" in blocks else -1
        show_alone(self.heading, on=self._heading >= 0)
        show_alone(self.char, on=bool(kind.series))
        self.facts.show_facts(_facts(kind))
        if anew or not is_typing(self.form):
            heading = kind.body[self._heading].text if self._heading >= 0 else ""
            self.form.set_values(
                {
                    "title": kind.title,
                    "heading": shown(heading, kind, self._settings),
                    "series_char": kind.series_char,
                    "copies": "\n".join(kind.copies),
                }
            )

    def show_number(self, number: str) -> None:
        """The first number of the year as it would be printed."""
        self.char.set_hint(f"例如：{number}　{CHAR_HINT}" if number else CHAR_HINT)

    def first_focus(self) -> QWidget:
        """Where the keyboard starts."""
        return self.name

    # ── writing ──────────────────────────────────────────────────────────────────────────────
    def _apply(self) -> None:
        """Write what differs from the text on the desk."""
        kind = self._work.kind()
        if kind is None:
            return
        self._write("title", kind.title, str(self.name.value()).strip())
        if kind.series:
            self._write("series_char", kind.series_char, str(self.char.value()).strip())
        self._write("copies", list(kind.copies), lines_of(str(self.copies.value())))
        self._write_heading(kind)

    def _write(self, key: str, before: Literal, after: Literal) -> None:
        """An empty field is told by its own sentence and keeps what the form has."""
        if after and after != before:
            self._work.put(set_key(self._work.text, "", 0, key, after), f"top {key}")

    def _write_heading(self, kind: PaperKind) -> None:
        if self._heading < 0:
            return
        self.heading.set_error("")
        try:
            text = typed(self.heading.edit.toPlainText().strip(), kind, self._settings)
        except UserError as error:
            self.heading.set_error(error.message)
            return
        if text and text != kind.body[self._heading].text:
            changed = set_key(self._work.text, "body", self._heading, "text", text)
            self._work.put(changed, "top heading")


def _facts(kind: PaperKind) -> Sequence[tuple[str, ...]]:
    law = "\n".join(
        f"{one.article}（{VERIFIED.get(one.verified, one.verified)}）" for one in kind.law
    )
    return [
        ("依据", law),
        ("编号", "单独编号" if kind.series else "不编号"),
        ("给谁看", kind.audience.label),
        ("制发前批准", f"要批准：{kind.approval}" if kind.approval else "不要求"),
        ("版式", kind.layout.label),
    ]
