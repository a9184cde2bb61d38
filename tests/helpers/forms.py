"""Versions of the order as a bureau might make them, and the quick way to have one in force."""

from datetime import date

from inspector_app.domain.templates import Template
from inspector_app.library.form_text import add_row, set_key
from inspector_app.services.desk import Desk
from inspector_app.services.template_saving import NewVersion, save_version
from inspector_app.services.templates import shipped_text

ORDER, CALL = "rectification_order", "interview_notice"
WHY = "局办公会纪要（演示）"


def retitled(desk: Desk, title: str, kind: str = ORDER) -> str:
    """The shipped form under another name, printed so."""
    text = set_key(shipped_text(desk, kind), "", 0, "title", title)
    return set_key(text, "body", 0, "text", f"{{bureau}}\n{title}")


def a_version(desk: Desk, extra: str) -> str:
    """The shipped order with a field of the bureau's own, printed before the signature."""
    text = add_row(shipped_text(desk, ORDER), "field", 99, {
        "id": "own_1", "label": "联系处", "type": "line", "group": "承办",
        "help": "本局文件", "example": "监察一科",
    })  # fmt: skip
    sign = next(n for n, one in enumerate(desk.library.kinds[ORDER].body) if one.kind == "sign")
    return add_row(text, "body", sign, {"kind": "para", "text": extra})


def kept(desk: Desk, text: str, version: str, day: date, kind: str = ORDER) -> Template:
    """That text as a version of the bureau's own."""
    return save_version(desk, NewVersion(kind, text, version, day, WHY))
