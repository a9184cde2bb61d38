"""Fields of a clue as typed on the command line, for a new one and for one put right."""

from collections.abc import Callable
from dataclasses import replace

from inspector_app.cli.case_new import read_day
from inspector_app.domain.cases import Source
from inspector_app.domain.money import yuan
from inspector_app.domain.months import read_month
from inspector_app.errors import UserError
from inspector_app.services.cases import read_count, read_source
from inspector_app.services.clues import ClueForm
from inspector_app.services.desk import Desk
from inspector_app.services.settings import get

_TEXTS = {
    "employer": "employer_name",
    "credit_code": "credit_code",
    "address": "employer_address",
    "scope": "scope",
    "project": "project_name",
    "cause": "cause",
    "statement": "statement",
    "outside_no": "outside_no",
    "person": "person_name",
    "phone": "person_phone",
}
FIELDS = (
    "employer", "credit_code", "address", "scope", "project", "source", "cause", "statement",
    "workers", "amount_fen", "period_from", "period_to", "received_on", "outside_no", "person",
    "phone", "confidential",
)  # fmt: skip
_ANSWERS = {"是": True, "yes": True, "否": False, "no": False}


def new_form(desk: Desk, typed: dict[str, str]) -> ClueForm:
    """The form of a new clue; an unknown field is told."""
    start = ClueForm(
        source=Source.VISIT,
        received_on=desk.today(),
        employer_name="",
        scope=get(desk, "default_scope"),
    )
    filled = {
        key: text for key, text in typed.items() if text or key not in ("scope", "received_on")
    }
    return with_fields(start, filled, told=set(typed))


def with_fields(form: ClueForm, typed: dict[str, str], *, told: set[str] | None = None) -> ClueForm:
    """The form with these fields set; UserError for one that is unknown or cannot be read."""
    strange = sorted((told or set(typed)) - set(FIELDS))
    if strange:
        known = "、".join(FIELDS)
        raise UserError(f"没有字段“{strange[0]}”。可用：{known}。", field=strange[0])
    for key, text in typed.items():
        form = _READ[key](form, text.strip()) if key in _READ else replace_text(form, key, text)
    return form


def replace_text(form: ClueForm, key: str, text: str) -> ClueForm:
    """The form with one of its texts set."""
    return replace(form, **{_TEXTS[key]: text.strip()})  # type: ignore[arg-type]  # all texts


def _source(form: ClueForm, text: str) -> ClueForm:
    return replace(form, source=read_source(text))


def _day(form: ClueForm, text: str) -> ClueForm:
    if not text:
        raise UserError("请写接收日期，例如 2026-11-18。", field="received_on")
    return replace(form, received_on=read_day(text, form.received_on, "received_on"))


def _workers(form: ClueForm, text: str) -> ClueForm:
    return replace(form, workers=read_count(text))


def _amount(form: ClueForm, text: str) -> ClueForm:
    """A sum put right goes with its own words: those of the old one would contradict it."""
    fen = read_count(text, field="amount_fen")
    written = form.amount_written and (f"{yuan(fen)}元" if fen is not None else "")
    return replace(form, amount_fen=fen, amount_written=written)


def _month(name: str) -> Callable[[ClueForm, str], ClueForm]:
    def read(form: ClueForm, text: str) -> ClueForm:
        month = read_month(text, name) if text else ""
        return replace(form, **{name: month})  # type: ignore[arg-type]  # both are texts

    return read


def _confidential(form: ClueForm, text: str) -> ClueForm:
    if text not in _ANSWERS:
        raise UserError("是否保密请写“是”或“否”。", field="confidential")
    return replace(form, confidential=_ANSWERS[text])


_READ: dict[str, Callable[[ClueForm, str], ClueForm]] = {
    "source": _source,
    "received_on": _day,
    "workers": _workers,
    "amount_fen": _amount,
    "period_from": _month("period_from"),
    "period_to": _month("period_to"),
    "confidential": _confidential,
}
