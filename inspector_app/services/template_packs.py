"""Template packs: looked at with their differences, then taken in; and written for others."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from inspector_app.domain.form_changes import FormChange, form_changes
from inspector_app.domain.form_names import twin_faults
from inspector_app.domain.templates import VERSION, VERSION_HINT, Template
from inspector_app.errors import OutsideError, UserError
from inspector_app.library.form_packs import FormPack, read_form_pack
from inspector_app.library.kind_checks import FormCheck, FormFault
from inspector_app.library.pack_zip import PackHead, refusal
from inspector_app.library.paper_kinds import examine
from inspector_app.library.places import line_of
from inspector_app.services.desk import Desk
from inspector_app.services.template_binding import fault
from inspector_app.services.template_checks import check_form
from inspector_app.services.template_saving import NewVersion, save_versions, setting_labels
from inspector_app.services.templates import bound_by, forms_of


@dataclass(frozen=True, slots=True)
class PackForm:
    """One form of a pack beside the one in force: what differs, what keeps it from being used."""

    kind: str
    title: str
    text: str
    changes: tuple[FormChange, ...]
    faults: tuple[FormFault, ...]


@dataclass(frozen=True, slots=True)
class FormPackDiff:
    """What taking a pack in would change; `head` is None for a single form.

    `seen` is where the ledger stood: while it stands there the checks need not be asked again.
    """

    head: PackHead | None
    forms: tuple[PackForm, ...]
    seen: str = ""

    @property
    def changed(self) -> tuple[PackForm, ...]:
        """The forms that would become new versions."""
        return tuple(one for one in self.forms if one.changes)

    @property
    def usable(self) -> bool:
        """Whether all of it passes the checks and something would change."""
        return bool(self.changed) and not any(one.faults for one in self.forms)


def pack_diff(
    desk: Desk,
    path: Path,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> FormPackDiff:
    """Read a pack whole and compare; nothing changes."""
    pack, seen = read_form_pack(path), _head(desk)
    forms: list[PackForm] = []
    for kind, text in sorted(pack.forms.items()):
        if cancelled():
            raise UserError("已停止，格式没有改动。", kind="stopped")
        progress(len(forms), len(pack.forms))
        forms.append(_form(desk, kind, text))
    return FormPackDiff(pack.head, tuple(map(partial(_among, forms), forms)), seen)


def _head(desk: Desk) -> str:
    return str(desk.ledger.head())


def _among(forms: Sequence[PackForm], one: PackForm) -> PackForm:
    """A form that bears the name of another one of its pack is no better than one of the ledger."""
    own, _ = examine(one.text)
    others = [kind for two in forms if two is not one and (kind := examine(two.text)[0])]
    if own is None:
        return one
    told = {fault.message for fault in one.faults}
    twins = [
        fault(FormCheck.NAMES, twin.message, line_of(one.text, (twin.key,)))
        for twin in twin_faults(own, others)
        if twin.message not in told
    ]
    return replace(one, faults=(*one.faults, *twins))


def _form(desk: Desk, folder: str, text: str) -> PackForm:
    own, faults = examine(text)
    kind_id = folder or (own.id if own else "")
    known = desk.library.kinds.get(kind_id)
    if own is None:
        return PackForm(kind_id, known.title if known else folder, text, (), faults)
    try:
        shipped = bound_by(desk, kind_id, own.copy_of)
    except UserError as error:
        raise refusal(error.message) from error
    now = forms_of(desk).kind(kind_id) or shipped
    return PackForm(
        kind=kind_id,
        title=own.title,
        text=text,
        changes=form_changes(now, own, setting_labels(desk)),
        faults=check_form(desk, kind_id, text).faults,
    )


def accept_pack(
    desk: Desk,
    diff: FormPackDiff,
    why: str,
    *,
    version: str = "",
    effective_from: date | None = None,
) -> list[Template]:
    """Take in what differs as new versions, all or none; the file may have changed or gone since.

    The pack's version and day stand in pack.toml; a single form needs them said.
    """
    head = diff.head
    version = version.strip() or (head.version if head else "")
    day = effective_from or (head.effective_from if head else None)
    if not version:
        raise UserError("请写版本，如 局2026-1。", field="version")
    if day is None:
        raise UserError("请写施行日期。", field="effective_from")
    for one in diff.forms:
        _refuse(one)
    if not diff.changed:
        raise UserError("与现用的格式没有差别。", field="file", kind="same")
    reason = why.strip() or (head.note if head else "")
    new = [NewVersion(one.kind, one.text, version, day, reason) for one in diff.changed]
    return save_versions(desk, new, checked=bool(diff.seen) and diff.seen == _head(desk))


def _refuse(one: PackForm) -> None:
    if one.faults:
        first = one.faults[0]
        line = f"第 {first.line} 行：" if first.line else ""
        raise refusal(f"{one.title}：{first.check.label}，{line}{first.message}。")


def export_pack(
    desk: Desk, path: Path, head: PackHead, kinds: Iterable[str] = ()
) -> tuple[Path, Sequence[str]]:
    """Write the bureau's own forms in force, or those named, as a pack; gives the kinds written."""
    if not VERSION.fullmatch(head.version.strip()):
        raise UserError(f"请写格式包的版本，{VERSION_HINT}。", field="version")
    forms = forms_of(desk)
    known = {one: now.form for one in desk.library.kinds if (now := forms.in_force(one))}
    wanted = list(kinds) or list(known)
    strange = [one for one in wanted if one not in known]
    if strange or not wanted:
        told = f"“{strange[0]}”没有本局自己的格式。" if strange else "本局还没有自己的格式。"
        raise UserError(told, field="kinds", kind="not_found")
    pack = FormPack(
        replace(head, version=head.version.strip()), {one: known[one] for one in wanted}
    )
    try:
        path.write_bytes(pack.zipped())
    except OSError as error:
        raise OutsideError(f"文件“{path.name}”没有写成：{error.strerror}。") from error
    return path, wanted
