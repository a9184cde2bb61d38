"""Checks the whole library at once and lists every problem: `forms check`, `law check`."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from inspector_app.domain.form_marks import SETTING, asked, marked
from inspector_app.domain.inspections import CheckItem, Checklist
from inspector_app.domain.numbering import NumberTemplate, paper_template
from inspector_app.domain.papers import PaperKind
from inspector_app.errors import UserError
from inspector_app.library.check_rules import cross_findings, setting_findings
from inspector_app.library.loading import Library
from inspector_app.library.paper_kinds import load_kind
from inspector_app.library.rows import read_toml

T = TypeVar("T")
LAW = "resources/law"
PARTS = (  # kind of problem, part of the library, its files
    ("statute", "statutes", "statutes.toml"),
    ("trigger", "triggers", "triggers.toml"),
    ("evidence", "evidence", "evidence.toml"),
    ("violation", "violations", "violations/*.toml"),
    ("term", "terms", "terms.toml"),
    ("figure", "figures", "thresholds.toml deposits.toml"),
    ("minimum_wage", "minimum_wages", "minimum_wage.toml"),
    ("liability", "liability", "liability.toml"),
    ("remedy", "remedies", "remedies.toml"),
    ("service", "service_rules", "service.toml"),
    ("conflict", "henan_conflicts", "henan_conflicts.toml"),
    ("ground", "grounds", "grounds.toml"),
    ("division", "city", ""),
)
# Needs no demand on the unit: goes into the record, never into an order. TQ says who pays the
# wages another item finds owing.
RECORD_ONLY = frozenset({"TR", "TM", "TW", "TG", "TQ"})


@dataclass(frozen=True, slots=True)
class LibraryProblem:
    """One thing wrong: which part (law, form, setting …), where, and what to do about it."""

    kind: str
    where: str
    message: str


def check_library(office: Path) -> list[LibraryProblem]:
    """Every problem that can be found; [] when all is well."""
    library = Library(office)
    return [
        *_law(library),
        *_calendar(library),
        *_settings(library),
        *_checklists(library),
        *_kinds(library),
    ]


def check_law(office: Path) -> list[LibraryProblem]:
    """The rule pack, the calendar and the settings only."""
    library = Library(office)
    return [*_law(library), *_calendar(library), *_settings(library)]


def check_forms(office: Path) -> list[LibraryProblem]:
    """Checklists and paper kinds only."""
    library = Library(office)
    return [*_checklists(library), *_kinds(library)]


def _reads(kind: str, read: Callable[[], object]) -> Iterator[LibraryProblem]:
    """The problem that keeps a part from being read at all."""
    try:
        read()
    except UserError as error:
        where = error.message.split("：", 1)[0]
        yield LibraryProblem(kind, where, error.message)


def _law(library: Library) -> Iterator[LibraryProblem]:
    broken = list(_broken_parts(library))
    yield from broken
    if not broken:
        yield from (LibraryProblem(*one) for one in cross_findings(library))


def _broken_parts(library: Library) -> Iterator[LibraryProblem]:
    """Parts that do not load, each once: a part that only suffers from another is not blamed."""
    told: set[str] = set()
    for kind, part, files in PARTS:
        for problem in _reads(kind, partial(getattr, library, part)):
            if problem.message not in told:
                yield problem
                told.add(problem.message)
                continue
            for path in chain.from_iterable(map((library.office / LAW).glob, files.split())):
                name = path.relative_to(library.office).as_posix()
                yield from _reads(kind, partial(read_toml, library.office, name))


def _calendar(library: Library) -> Iterator[LibraryProblem]:
    yield from _reads("calendar", lambda: library.calendar)


def _settings(library: Library) -> Iterator[LibraryProblem]:
    broken = list(_reads("setting", lambda: library.settings))
    yield from broken
    if broken:
        return
    for spec in library.settings.values():
        if spec.key.endswith("_number_template"):
            make = paper_template if spec.key.startswith("paper") else NumberTemplate
            try:
                make(spec.default)
            except UserError as error:
                yield LibraryProblem("setting", spec.key, error.message)
    for term in _loaded(lambda: library.terms):
        if term.setting and term.setting not in library.settings:
            yield LibraryProblem("term", term.id, f"没有“{term.setting}”这项设置")
    with suppress(UserError):  # a part that cannot be read is told elsewhere
        yield from [LibraryProblem(*one) for one in setting_findings(library)]


def _loaded(read: Callable[[], dict[str, T]]) -> list[T]:
    """The values of a part, none when it cannot be read: that is told elsewhere."""
    try:
        return list(read().values())
    except UserError:
        return []


def _checklists(library: Library) -> Iterator[LibraryProblem]:
    broken = list(_reads("checklist", lambda: library.checklists))
    yield from broken
    if broken:
        return
    if not library.checklists:
        yield LibraryProblem("checklist", "forms/checklists", "没有任何检查表")
    for checklist in library.checklists.values():
        for item in checklist.items:
            yield from _item(library, checklist, item)


def _item(library: Library, checklist: Checklist, item: CheckItem) -> Iterator[LibraryProblem]:
    where = f"{checklist.id} {item.id}"
    if not item.articles:
        yield LibraryProblem("checklist", where, "没有依据条款")
    if not item.triggers:
        yield LibraryProblem("checklist", where, "没有违法行为，也没有不合格的去向")
    for code in item.triggers:
        if code not in library.triggers:
            yield LibraryProblem("checklist", where, f"没有“{code}”这种去向")
    if not item.demand and not RECORD_ONLY.issuperset(item.triggers):
        yield LibraryProblem("checklist", where, "应当责令改正的项没有责令内容")


def _kinds(library: Library) -> Iterator[LibraryProblem]:
    settings = {spec.key for spec in _loaded(lambda: library.settings)}
    forms = sorted((library.office / "forms/papers").glob("*/form.toml"))
    if not forms:
        yield LibraryProblem("form", "forms/papers", "没有任何文种")
    for form in forms:
        folder = form.parent
        try:
            kind = load_kind(folder)
        except UserError as error:
            yield LibraryProblem("form", folder.name, error.message)
            continue
        for key in sorted(used_settings(kind) - settings):
            yield LibraryProblem("form", kind.id, f"没有“{key}”这项设置")


def used_settings(kind: PaperKind) -> set[str]:
    """Keys of the {setting.…} marks of a kind, in its text, conditions and defaults."""
    names = {field.default for field in kind.fields}
    for block in kind.body:
        names |= {*asked(block), *marked(block)}
    return {name.removeprefix(SETTING) for name in names if name.startswith(SETTING)}
