"""What binds a bureau's own version of a form: the shipped one, names in use, law read in full."""

import re
from collections.abc import Iterator

from inspector_app.domain.form_binding import binding_faults, demand_fault
from inspector_app.domain.form_marks import texts
from inspector_app.domain.form_names import name_faults
from inspector_app.domain.papers import PaperKind
from inspector_app.errors import UserError
from inspector_app.library.kind_checks import FormCheck, FormFault
from inspector_app.library.places import Place, line_of
from inspector_app.services.desk import Desk
from inspector_app.services.templates import BACK, bound_by, forms_of, read_own
from inspector_app.services.unverified import full_names, unread_names

FULL = "full"  # how far an article of a form was verified
_STATUTE = re.compile(r"《?(.+?)》?(?:第.*)?$")


def fault(one: FormCheck, message: str, line: int = 0) -> FormFault:
    """One thing wrong with a form, as a sentence of its own."""
    return FormFault(one, line, message, UserError(message, field="form", kind="form"))


def beside_shipped(desk: Desk, kind_id: str, own: PaperKind, text: str) -> Iterator[FormFault]:
    """What the shipped form, the names of other kinds and the law do not let a version do."""
    shipped = bound_by(desk, kind_id, own.copy_of)
    if own.id != kind_id:
        told = f"“id”应为“{kind_id}”，写的是“{own.id}”"
        yield fault(FormCheck.READS, told, line_of(text, ("id",)))
    known = desk.library.kinds.get(kind_id)
    if known is not None and own.copy_of != known.copy_of:
        told = "“copy_of”写明新文种从哪种文书另存，不能改；随程序的文种不写"
        yield fault(FormCheck.READS, told, line_of(text, ("copy_of",)))
    told_of = {name for ref in own.law for name in ref.demands}  # by the form's own articles
    for one in binding_faults(shipped, own):
        if one.field in told_of and demand_fault(own, one.field):
            continue
        yield fault(FormCheck.LAW, one.message, line_of(text, _place(own, one.field, one.key)))
    for one in name_faults(own, other_kinds(desk, kind_id)):
        yield fault(FormCheck.NAMES, one.message, line_of(text, _place(own, one.field, one.key)))
    yield from _levels(desk, shipped, own, text)
    yield from _citations(desk, own, text)


def other_kinds(desk: Desk, kind_id: str) -> Iterator[PaperKind]:
    """Every other kind as it is shipped, in force or to come: what it is called may not be taken.

    The names are told of once: a kind that keeps its shipped name gives one form.
    """
    forms = forms_of(desk)
    for other in [desk.library.kinds[one] for one in forms.ids() if one != kind_id]:
        rows = [one for one in (forms.in_force(other.id), *forms.waiting(other.id)) if one]
        own = [kind for row in rows if row.form != BACK and (kind := read_own(row))]
        known = {(one.title, one.series_char): one for one in (other, *own)}
        yield from known.values()


def _place(kind: PaperKind, field: str, key: str) -> Place:
    names = [one.id for one in kind.fields]
    if field in names:
        return ("field", names.index(field))
    return (key,) if key else ()


def _citations(desk: Desk, own: PaperKind, text: str) -> Iterator[FormFault]:
    """Law nobody here has read in full must not stand in the form as if it were settled."""
    for number, block in enumerate(own.body):
        for name, level in unread_names(desk, "\n".join(texts(block))):
            told = f"正文第 {number + 1} 段引用的《{name}》{level}，没有核实全文，不能印作依据"
            yield fault(FormCheck.LAW, told, line_of(text, ("body", number)))


def _levels(desk: Desk, shipped: PaperKind, own: PaperKind, text: str) -> Iterator[FormFault]:
    """An article is settled only where its statute was read in full: a form cannot say so."""
    settled = {ref.article for ref in shipped.law if ref.verified == FULL}
    known = full_names(desk)
    for number, ref in enumerate(own.law):
        named = _STATUTE.match(ref.article)
        read = ref.article in settled or (named is not None and named[1] in known)
        if ref.verified == FULL and not read:
            told = f"“{ref.article}”没有核实全文，“verified”不能写 {FULL}"
            yield fault(FormCheck.LAW, told, line_of(text, ("law", number, "verified")))
