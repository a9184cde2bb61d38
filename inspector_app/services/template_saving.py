"""Saves a bureau's version of a form, checked whole, and goes back to the shipped one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from inspector_app.domain.form_changes import FormChange, form_changes
from inspector_app.domain.papers import PaperKind
from inspector_app.domain.templates import VERSION, VERSION_HINT, Template
from inspector_app.domain.terms import date_text
from inspector_app.errors import UserError
from inspector_app.ledger.ids import new_id
from inspector_app.library.form_text import set_key
from inspector_app.library.paper_kinds import examine, read_kind
from inspector_app.services.desk import Desk
from inspector_app.services.template_checks import FormReport, check_form
from inspector_app.services.templates import (
    BACK,
    NO_MORE,
    Forms,
    bound_by,
    form_text,
    forms_of,
    known_kind,
)

EARLIEST, YEARS_AHEAD = date(2000, 1, 1), 5  # a day beyond these is a slip of the keyboard


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version as it is handed in; `text` is the whole form."""

    kind: str
    text: str
    version: str
    effective_from: date
    why: str


def stamped(text: str, version: str, effective_from: date) -> str:
    """The form with its version and date written in."""
    return set_key(
        set_key(text, "", 0, "version", version), "", 0, "effective_from", effective_from
    )


def next_version(desk: Desk, kind_id: str) -> str:
    """A version nobody has yet: 局2026-1."""
    known = {one.version for one in forms_of(desk).own.get(kind_id, ())}
    year, number = desk.today().year, 1
    while f"局{year}-{number}" in known:
        number += 1
    return f"局{year}-{number}"


def save_version(desk: Desk, form: NewVersion) -> Template:
    """Store one version; what is half checked is refused with the first fault."""
    return save_versions(desk, [form])[0]


def save_versions(
    desk: Desk, new: Sequence[NewVersion], *, checked: bool = False
) -> list[Template]:
    """Store several at once: all of them or none; `checked` when the check list has just passed."""
    made = [_made(desk, one, checked=checked) for one in new]
    names = "、".join(_title(desk, one) for one in made[:3])
    more = f"等 {len(new)} 种" if len(new) > 3 else ""
    with desk.work(f"文书格式新版本：{names}{more}", new[0].why.strip() if new else "") as uow:
        forms = forms_of(desk, uow)
        for one in made:
            _refuse_late(forms, one)
            uow.add(one)
        uow.commit()
    return made


def _made(desk: Desk, form: NewVersion, *, checked: bool) -> Template:
    written, _ = examine(form.text)
    shipped = bound_by(desk, form.kind, written.copy_of if written else "")
    version = form.version.strip()
    if not VERSION.fullmatch(version):
        raise UserError(f"请写版本，{VERSION_HINT}。", field="version")
    if version == shipped.version:
        told = f"版本 {version} 是随程序的格式，请换一个。"
        raise UserError(told, field="version", kind="exists")
    latest = desk.today() + timedelta(days=366 * YEARS_AHEAD)
    if not EARLIEST <= form.effective_from <= latest:
        told = f"施行日期 {date_text(form.effective_from)} 太早或太远，请核对。"
        raise UserError(told, field="effective_from")
    if not form.why.strip():
        raise UserError("请写明修改理由，例如本局文件的名称和文号。", field="why")
    text = stamped(form.text.replace("\r\n", "\n"), version, form.effective_from)
    if not checked:
        _refuse_faults(shipped, check_form(desk, form.kind, text))
    kind = read_kind(text)
    before = _before(desk, form.kind, form.effective_from)
    if before is not None and not form_changes(before, kind):
        told = f"{shipped.title}与那一天用的格式没有差别，不用存。"
        raise UserError(told, field="form", kind="same")
    return Template(
        id=new_id(),
        kind=form.kind,
        version=version,
        effective_from=form.effective_from,
        form=text,
        scope=desk.city,
        city=desk.city,
    )


def _before(desk: Desk, kind_id: str, on: date) -> PaperKind | None:
    """What a new version of that day takes the place of: it may be one that waits.

    None where there is nothing yet: a kind that is added, or was no longer used.
    """
    forms = forms_of(desk)
    there = replace(forms, today=max(on, forms.today))
    return there.kind(kind_id) if there.is_offered(kind_id) else None


def _title(desk: Desk, made: Template) -> str:
    """What a version is of; an added kind is not known before it is stored."""
    known = desk.library.kinds.get(made.kind)
    return known.title if known else read_kind(made.form).title


def _refuse_faults(shipped: PaperKind, report: FormReport) -> None:
    faults = report.faults
    if faults:
        first = faults[0]
        line = f"第 {first.line} 行：" if first.line else ""
        more = f"（共 {len(faults)} 处）" if len(faults) > 1 else ""
        message = f"{shipped.title}：{first.check.label}，{line}{first.message}{more}"
        raise UserError(message, field="form", kind="form")


def _refuse_late(forms: Forms, made: Template) -> None:
    """What would never come into force, or would take the name of another version."""
    own = forms.own.get(made.kind, [])
    if any(one.version == made.version for one in own):
        told = f"版本 {made.version} 已有，请换一个；用过的版本不能改写。"
        raise UserError(told, field="version", kind="exists")
    begun = [one for one in own if one.effective_from <= forms.today]
    if begun and made.effective_from < begun[-1].effective_from:
        told = f"现行的从 {date_text(begun[-1].effective_from)} 起，施行日期不能更早。"
        raise UserError(told, field="effective_from", kind="older")


def return_to_shipped(desk: Desk, kind_id: str, effective_from: date, why: str) -> Template:
    """From that day on the shipped form stands again; papers made meanwhile keep theirs.

    A kind the bureau has added has none: new papers of it are made no more.
    """
    shipped = known_kind(desk, kind_id)
    if not why.strip():
        raise UserError("请写明理由。", field="why")
    added = not desk.library.kinds.is_shipped(kind_id)
    action = NO_MORE if added else "恢复随程序的格式"
    with desk.work(f"{shipped.title}{action}", why.strip()) as uow:
        forms = forms_of(desk, uow)
        own = forms.own.get(kind_id, [])
        before = [one for one in own if one.effective_from <= effective_from]
        if not before or before[-1].form == BACK:
            now = "已经停用" if added else "用的就是随程序的格式"
            told = f"{shipped.title}在 {date_text(effective_from)} {now}。"
            raise UserError(told, field="effective_from", kind="same")
        count = sum(one.form == BACK for one in own) + 1
        made = Template(
            id=new_id(),
            kind=kind_id,
            version=f"恢复-{count}",
            effective_from=effective_from,
            form=BACK,
            scope=desk.city,
            city=desk.city,
        )
        _refuse_late(forms, made)
        uow.add(made)
        uow.commit()
    return made


def changes_from_shipped(desk: Desk, kind_id: str, text: str = "") -> tuple[FormChange, ...]:
    """What a form, or the one in force, has otherwise than the shipped one, in words.

    A kind the bureau has added is told beside the one it was copied from.
    """
    known = known_kind(desk, kind_id)
    shipped = desk.library.kinds.get(known.copy_of, known)
    own = read_kind(text or form_text(desk, kind_id))
    return form_changes(shipped, own, setting_labels(desk))


def changes_between(desk: Desk, before: str, after: str) -> tuple[FormChange, ...]:
    """What one form has otherwise than another."""
    return form_changes(read_kind(before), read_kind(after), setting_labels(desk))


def setting_labels(desk: Desk) -> dict[str, str]:
    """What the switches of the settings are called."""
    return {key: spec.label for key, spec in desk.library.settings.items()}
