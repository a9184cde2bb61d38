"""The check list of a form: what `forms check` asks, what binds it, whether it fits its page."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from inspector_app.domain.form_marks import texts
from inspector_app.domain.paper_checks import check
from inspector_app.domain.paper_rules import TODAY
from inspector_app.domain.paper_values import example_values
from inspector_app.domain.papers import FieldType, PaperKind, Values
from inspector_app.errors import UserError
from inspector_app.library.check import LibraryProblem, used_settings
from inspector_app.library.kind_checks import FormCheck, FormFault
from inspector_app.library.paper_kinds import examine
from inspector_app.library.places import line_of
from inspector_app.papers.context import PaperContext, RenderedPaper
from inspector_app.papers.fit import fit
from inspector_app.papers.render import render
from inspector_app.services.desk import Desk
from inspector_app.services.number_stock import PAPER
from inspector_app.services.numbers import template
from inspector_app.services.papers import context
from inspector_app.services.rules import office_rules
from inspector_app.services.settings import all_settings
from inspector_app.services.template_binding import beside_shipped, fault
from inspector_app.services.templates import BACK, forms_of

MOST_TOLD = 3
LITERAL = "="  # a default that begins so is the text itself
_WORDS = (FieldType.LINE, FieldType.TEXT)
SAMPLES = ((False, "例子"), (True, "最长的例子"))


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check with what it found; `ok` is None while it cannot be asked yet."""

    check: FormCheck
    ok: bool | None
    faults: tuple[FormFault, ...] = ()


@dataclass(frozen=True, slots=True)
class FormReport:
    """The check list of a form; `kind` is None while its text cannot be read."""

    kind: PaperKind | None
    lines: tuple[CheckLine, ...]
    pages: tuple[int, int] = (0, 0)  # of the example and of the longest one
    number: str = ""  # the first of the year as it would be printed

    @property
    def ok(self) -> bool:
        """Whether it may be saved: every check was asked and found nothing."""
        return all(line.ok for line in self.lines)

    @property
    def faults(self) -> tuple[FormFault, ...]:
        """Everything found, in the order of the list."""
        return tuple(fault for line in self.lines for fault in line.faults)


def check_form(desk: Desk, kind_id: str, text: str) -> FormReport:
    """Ask everything of a version of the bureau's own; nothing is stored."""
    kind, found = examine(text)
    if kind is None:
        lines = [CheckLine(FormCheck.READS, ok=False, faults=found)]
        lines += [CheckLine(one, ok=None) for one in list(FormCheck)[1:]]
        return FormReport(None, tuple(lines))
    faults = [
        *found,
        *beside_shipped(desk, kind_id, kind, text),
        *_settings(desk, kind, text),
        *_defaults(desk, kind, text),
    ]
    drawable = not any(one.check in (FormCheck.READS, FormCheck.MARKS) for one in faults)
    pages = (0, 0)
    if drawable:
        faults += _samples(desk, kind)
        pages, told = _pages(desk, kind)
        faults += told
    asked = tuple(_lines(faults, drawable=drawable))
    return FormReport(kind, asked, pages, sample_context(desk, kind).number)


def own_problems(desk: Desk) -> list[LibraryProblem]:
    """Faults of the bureau's own versions in force or to come: an update may ask for more."""
    found = []
    for kind_id, rows in forms_of(desk).own.items():
        begun = [one for one in rows if one.effective_from <= desk.today()]
        for one in [*begun[-1:], *rows[len(begun) :]]:
            if one.form != BACK and kind_id in desk.library.kinds:
                where = f"{kind_id} {one.version}"
                faults = check_form(desk, kind_id, one.form).faults
                found += [LibraryProblem("form", where, _told(fault)) for fault in faults]
    return found


def _told(fault: FormFault) -> str:
    line = f"第 {fault.line} 行：" if fault.line else ""
    return f"{fault.check.label}，{line}{fault.message}"


def _lines(faults: list[FormFault], *, drawable: bool) -> Iterator[CheckLine]:
    for one in FormCheck:
        mine = tuple(fault for fault in faults if fault.check is one)
        unasked = one in (FormCheck.PAGES, FormCheck.GLYPHS) and not drawable
        yield CheckLine(one, ok=None if unasked and not mine else not mine, faults=mine)


# ── marks and what fields are filled with ────────────────────────────────────────────────────────
def _settings(desk: Desk, kind: PaperKind, text: str) -> Iterator[FormFault]:
    for key in sorted(used_settings(kind) - set(desk.library.settings)):
        lines = text.splitlines()
        line = next((n for n, one in enumerate(lines, 1) if f"setting.{key}" in one), 0)
        yield fault(FormCheck.MARKS, f"没有“{key}”这项设置", line)


def known_facts(desk: Desk) -> dict[str, dict[FieldType, str]]:
    """Facts of a case that fields may be filled with: for each type of field what it is called.

    A fact is known by the shipped fields that use it: their type fits, their label names it.
    """
    labels: dict[str, dict[FieldType, Counter[str]]] = {}
    for kind in desk.library.kinds.values():
        for field in kind.fields:
            if field.default and field.default[0] != LITERAL:
                counts = labels.setdefault(field.default, {}).setdefault(field.type, Counter())
                counts[field.label] += 1
    found = {
        name: {one: counts.most_common(1)[0][0] for one, counts in types.items()}
        for name, types in labels.items()
    }
    for types in found.values():
        words = next((types[one] for one in _WORDS if one in types), "")
        if words or FieldType.INTEGER in types:  # a count may stand in a line of text
            types.setdefault(FieldType.LINE, words or types[FieldType.INTEGER])
            types.setdefault(FieldType.TEXT, types[FieldType.LINE])
    return found


def _defaults(desk: Desk, kind: PaperKind, text: str) -> Iterator[FormFault]:
    facts = known_facts(desk)
    for number, field in enumerate(kind.fields):
        default, line = field.default, line_of(text, ("field", number, "default"))
        if not default:
            continue
        if default.startswith(LITERAL):
            if field.type not in (*_WORDS, FieldType.CHOICE):
                told = f"“{field.label}”是{field.type.label}，不能用固定文字"
                yield fault(FormCheck.MARKS, told, line)
        elif default not in facts:
            told = f"“{field.label}”的默认“{default}”不是台账事项"
            yield fault(FormCheck.MARKS, told, line)
        elif field.type not in facts[default]:
            told = f"“{field.label}”的默认“{default}”不能填进{field.type.label}"
            yield fault(FormCheck.MARKS, told, line)


# ── examples ─────────────────────────────────────────────────────────────────────────────────────
def _samples(desk: Desk, kind: PaperKind) -> Iterator[FormFault]:
    """An example must be a paper that could be issued, on whatever day."""
    timeless = tuple(one for one in kind.checks if TODAY not in one)
    calendar = office_rules(desk).calendar
    for longest, words in SAMPLES:
        try:
            values = example_values(kind, longest=longest)
            found = check(
                replace(kind, checks=timeless), values, today=desk.today(), calendar=calendar
            )
        except UserError:
            return  # told with its line by the check of the form itself
        for one in [one for one in found if one.blocking][:MOST_TOLD]:
            yield fault(FormCheck.SAMPLES, f"{words}：{one.message}")


def _pages(desk: Desk, kind: PaperKind) -> tuple[tuple[int, int], list[FormFault]]:
    pages, faults = [0, 0], list[FormFault]()
    missing = dict.fromkeys(desk.fonts().missing(_fixed(kind)))
    for number, (longest, words) in enumerate(SAMPLES):
        try:
            values = example_values(kind, longest=longest)
            found = fit(kind, values, sample_context(desk, kind), desk.fonts())
        except UserError as error:
            faults.append(fault(FormCheck.PAGES, f"{words}排不出：{error.message}"))
            continue
        pages[number] = found.pages
        missing |= dict.fromkeys(found.missing)
        for line in found.outside[:MOST_TOLD]:
            short = line if len(line) <= 20 else f"{line[:20]}…"
            faults.append(fault(FormCheck.PAGES, f"{words}里“{short}”超出版心"))
    if missing:
        told = f"字库里没有“{'”“'.join(missing)}”，打印会缺字"
        faults.append(fault(FormCheck.GLYPHS, told))
    return (pages[0], pages[1]), faults


def _fixed(kind: PaperKind) -> str:
    """Every character of the form itself, also of blocks the examples do not print."""
    return "".join(text for block in kind.body for text in texts(block)).replace("\n", "")


def sample_context(desk: Desk, kind: PaperKind) -> PaperContext:
    """The bureau as it signs, with a first number as it would be printed."""
    number = ""
    if kind.series:
        settings = all_settings(desk)
        number = template(settings, PAPER).render(
            org=settings["org_char"],
            watch=settings["watch_char"],
            kind=kind.series_char,
            year=desk.today().year,
            no=1,
        )
    return context(desk, number=number)


def draw_sample(desk: Desk, kind: PaperKind, *, longest: bool = False) -> RenderedPaper:
    """The example as it would be printed, with the faint marks of a draft."""
    ctx = replace(sample_context(desk, kind), draft=True)
    return render(kind, _sample(kind, longest=longest), ctx, desk.fonts())


def _sample(kind: PaperKind, *, longest: bool) -> Values:
    return example_values(kind, longest=longest)
