"""Which form a paper is made with: the bureau's own version, else the one shipped."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from inspector_app.domain.papers import Paper, PaperKind
from inspector_app.domain.templates import VERSION, Template
from inspector_app.errors import OutsideError, UserError
from inspector_app.ledger.ids import firsts
from inspector_app.ledger.rows import Rows
from inspector_app.library.loading import Library
from inspector_app.library.paper_kinds import load_kept, read_kind
from inspector_app.services.desk import Desk

# In place of a form: from that day on the shipped one stands again, whichever it is by then.
BACK = 'use = "shipped"\n'
BACK_WORDS, NO_MORE = "恢复随程序", "停用"
ADDED = re.compile(r"own_[0-9a-f]{32}")  # ids of kinds the bureau has added: like no other office's


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of an office on one day; made by `forms_of`."""

    library: Library
    today: date
    own: dict[str, list[Template]] = field(default_factory=dict)  # by kind, the last in force last
    unlike: frozenset[str] = frozenset()  # ids of versions that another PC saved otherwise

    def kind(self, kind_id: str, version: str = "") -> PaperKind | None:
        """The form new papers of a kind are made with, or the version that is named.

        A version nobody has any more (an older program's) gives way to the shipped form.
        """
        shipped = self.library.kinds.get(kind_id)
        if shipped is None:
            return None
        if not version:
            now = self.in_force(kind_id)
            return (read_own(now) if now else None) or shipped
        for one in self.own.get(kind_id, ()):
            if one.version == version and one.form != BACK:
                return read_own(one) or shipped
        if version == shipped.version:
            return shipped
        return _kept(self.library.office, kind_id, version) or shipped

    def of_paper(self, paper: Paper) -> PaperKind:
        """The form a paper was begun or made with; KeyError for a kind nobody has."""
        return self.kind(paper.kind, paper.form_version) or self.library.kinds[paper.kind]

    def title_of(self, paper: Paper) -> str:
        """What a paper is called, by its form; one of a kind that is still on its way by its id."""
        kind = self.kind(paper.kind, paper.form_version)
        return kind.title if kind else paper.kind

    def kinds(self) -> list[PaperKind]:
        """The form of each kind that new papers are made with."""
        found = (self.kind(one) for one in self.ids() if self.is_offered(one))
        return [one for one in found if one is not None]

    def ids(self) -> list[str]:
        """Every kind: the shipped ones, and those the bureau has added and not taken back."""
        kinds = self.library.kinds
        return [one for one in kinds if kinds.is_shipped(one) or one in self.own]

    def is_offered(self, kind_id: str) -> bool:
        """Whether new papers of a kind are made; the bureau may stop using one it added."""
        return self.library.kinds.is_shipped(kind_id) or self.in_force(kind_id) is not None

    def in_force(self, kind_id: str) -> Template | None:
        """The bureau's version in force today; None while the shipped form is."""
        begun = [one for one in self.own.get(kind_id, ()) if one.effective_from <= self.today]
        return begun[-1] if begun and begun[-1].form != BACK else None

    def waiting(self, kind_id: str) -> list[Template]:
        """Versions, and a return to the shipped form, of a later day; the next one first."""
        return [one for one in self.own.get(kind_id, ()) if one.effective_from > self.today]

    def problem(self, kind_id: str) -> str:
        """What is wrong with the bureau's version in force; "" while all is well."""
        now = self.in_force(kind_id)
        if now is not None and read_own(now) is None:
            return f"本局版本 {now.version} 读不出，现按随程序的格式"
        if now is not None and now.id in self.unlike:
            return f"两台电脑各存过版本 {now.version}，内容不同，现用其中一份；请核对后另存新版本"
        return ""


def forms_of(desk: Desk, source: Rows | None = None) -> Forms:
    """The forms of this office today."""
    if source is not None:
        return _forms(desk, source.find(Template, scope=desk.city))
    with desk.ledger.read() as view:
        return _forms(desk, view.find(Template, scope=desk.city))


def _forms(desk: Desk, rows: Iterable[Template]) -> Forms:
    """Of a version two PCs saved apart the first: papers are begun and read with the same."""
    own: dict[str, list[Template]] = {}
    ordered = sorted(rows, key=lambda one: (one.effective_from, one.id))
    versions = firsts(ordered, lambda one: (one.kind, one.version))
    unlike: set[str] = set()
    for row in ordered:
        made_with = versions[row.kind, row.version]
        if row is made_with or row.form == BACK:
            own.setdefault(row.kind, []).append(row)
        elif row.form != made_with.form:
            unlike.add(made_with.id)
    for kind_id in [one for one in own if one not in desk.library.kinds]:
        first = next((kind for row in own[kind_id] if (kind := read_own(row))), None)
        if first is not None and desk.library.kinds.is_shipped(first.copy_of):
            desk.library.kinds.learn(first)
    forms = Forms(desk.library, desk.today(), own, frozenset(unlike))
    desk.library.call(dict(_renamed(forms)))
    return forms


def _renamed(forms: Forms) -> Iterator[tuple[str, str]]:
    """Kinds that the bureau calls by another name than the program does, with that name."""
    for kind_id in forms.own:
        now = forms.kind(kind_id)
        if now is not None and now.title != forms.library.kinds[kind_id].title:
            yield kind_id, now.title


@lru_cache(maxsize=512)
def read_own(row: Template) -> PaperKind | None:
    """The form of a version; None where this program cannot read it."""
    try:
        kind = read_kind(row.form, f"{row.kind} {row.version}")
    except UserError:
        return None
    return replace(kind, id=row.kind, version=row.version, effective_from=row.effective_from)


@lru_cache(maxsize=128)
def _kept(office: Path, kind_id: str, version: str) -> PaperKind | None:
    """An earlier shipped version that still lies beside the form."""
    if not VERSION.fullmatch(version):
        return None
    try:
        return load_kept(office, kind_id, version)
    except UserError:
        return None


def bound_by(desk: Desk, kind_id: str, copy_of: str = "") -> PaperKind:
    """The shipped form whose law and checks bind a kind's versions.

    A kind the bureau has added is bound by the one it was copied from, with a series of its own.
    """
    known = desk.library.kinds.get(kind_id)
    base = desk.library.kinds.get(known.copy_of if known else copy_of)
    if base is None or not ADDED.fullmatch(kind_id):
        return known_kind(desk, kind_id)
    series = kind_id if base.series else ""
    return replace(base, id=kind_id, series=series, title=known.title if known else base.title)


def shipped_text(desk: Desk, kind_id: str) -> str:
    """The shipped form as it is written; of a kind the bureau has added, the last of its own."""
    if ADDED.fullmatch(kind_id):
        rows = [one.form for one in forms_of(desk).own.get(kind_id, ()) if one.form != BACK]
        return rows[-1] if rows else ""
    path = desk.library.office / "forms/papers" / kind_id / "form.toml"
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise OutsideError(f"读不到“{kind_id}”随程序的格式，请重新安装。") from error


def known_kind(desk: Desk, kind_id: str) -> PaperKind:
    """The shipped form of a kind; UserError for one nobody knows."""
    kind = desk.library.kinds.get(kind_id)
    if kind is None:
        told = f"没有“{kind_id}”这种文书；新的文种要从一种随程序的文书另存。"
        raise UserError(told, field="kind", kind="unknown")
    return kind


def form_text(desk: Desk, kind_id: str, version: str = "") -> str:
    """The form in force, or the version that is named, as it is written."""
    forms = forms_of(desk)
    shipped = known_kind(desk, kind_id)
    if not version:
        now = forms.in_force(kind_id)
        return now.form if now else shipped_text(desk, kind_id)
    for one in forms.own.get(kind_id, ()):
        if one.version == version and one.form != BACK:
            return one.form
    if version == shipped.version:
        return shipped_text(desk, kind_id)
    raise UserError(f"{shipped.title}没有版本 {version}。", field="version", kind="not_found")


def is_older(forms: Forms, paper: Paper) -> bool:
    """Whether a draft keeps to another form than new papers of its kind are made with."""
    return forms.kind(paper.kind, paper.form_version) != forms.kind(paper.kind)


def label_of(row: Template) -> str:
    """A version as it is called in lists."""
    if row.form != BACK:
        return row.version
    return NO_MORE if ADDED.fullmatch(row.kind) else BACK_WORDS
