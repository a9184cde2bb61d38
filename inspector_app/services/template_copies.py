"""A paper of the bureau's own: a form saved as a new kind, bound by the one it was copied from."""

from dataclasses import dataclass
from uuid import uuid4

from inspector_app.domain.form_names import name_faults
from inspector_app.domain.papers import PaperKind
from inspector_app.domain.templates import Template
from inspector_app.errors import UserError
from inspector_app.library.form_text import set_key
from inspector_app.library.paper_kinds import examine, read_kind
from inspector_app.services.desk import Desk
from inspector_app.services.template_binding import other_kinds
from inspector_app.services.template_saving import NewVersion, next_version, save_version


@dataclass(frozen=True, slots=True)
class NewKind:
    """`text` is the form that is saved under another name; `char` its 文种代字, if it has one."""

    text: str
    title: str
    char: str
    why: str


def save_kind(desk: Desk, new: NewKind) -> Template:
    """Store a new kind, in use from today: phase, audience, law and approval stay as copied.

    It has a number series of its own, starts no term and stands for no paper a step asks for.
    """
    kind, faults = examine(new.text)
    if kind is None or faults:
        first = faults[0]
        raise UserError(f"先把格式改好：第 {first.line} 行，{first.message}。", field="form")
    if not new.title.strip():
        raise UserError("请写新文种的名称。", field="title")
    if kind.series and not new.char.strip():
        raise UserError("请写文种代字，新文种单独编号。", field="series_char")
    kind_id = f"own_{uuid4().hex}"
    text = copied(new.text, kind, kind_id, new.title.strip(), new.char.strip())
    _refuse_names(desk, read_kind(text))
    version = next_version(desk, kind_id)
    return save_version(desk, NewVersion(kind_id, text, version, desk.today(), new.why))


def _refuse_names(desk: Desk, made: PaperKind) -> None:
    """A name or character that will not do is told where it was typed."""
    for one in name_faults(made, other_kinds(desk, made.id)):
        if one.key in ("title", "series_char"):
            raise UserError(f"{one.message}。", field=one.key, kind="name")


def copied(text: str, kind: PaperKind, kind_id: str, title: str, char: str) -> str:
    """The form under another id and name; its printed title follows where it holds the old one."""
    keys = {"id": kind_id, "copy_of": kind.copy_of or kind.id, "title": title}
    if kind.series:
        keys |= {"series": kind_id, "series_char": char}
    for key, value in keys.items():
        text = set_key(text, "", 0, key, value)
    for number, block in enumerate(kind.body):
        if block.kind == "title" and kind.title in block.text:
            return set_key(text, "body", number, "text", block.text.replace(kind.title, title))
    return text
