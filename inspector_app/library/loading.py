"""The office library as one value: each part is read when it is first asked for, then kept."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, wraps
from pathlib import Path
from typing import TypeVar

from inspector_app.domain.binder import FilePart
from inspector_app.domain.inspections import Checklist
from inspector_app.domain.law import (
    Basis,
    Division,
    DivisionLevel,
    EvidenceKind,
    Statute,
    Trigger,
    Violation,
)
from inspector_app.domain.papers import PaperPhase
from inspector_app.domain.procedure import Procedure
from inspector_app.domain.review import ReviewStandard
from inspector_app.domain.rules import (
    Figure,
    LiabilityRule,
    LocalConflict,
    MinimumWage,
    ProofKind,
    Remedy,
    ServiceRule,
    SituationFact,
)
from inspector_app.domain.terms import Due, Term, compute
from inspector_app.domain.workdays import WorkCalendar
from inspector_app.errors import UserError
from inspector_app.library.archive import load_file_parts
from inspector_app.library.calendar import load_calendar
from inspector_app.library.checklists import load_checklists
from inspector_app.library.divisions import (
    load_divisions,
    load_former_divisions,
    load_prefectures,
)
from inspector_app.library.figures import chosen_figures, load_figures
from inspector_app.library.grounds import load_grounds
from inspector_app.library.law import load_evidence, load_statutes, load_triggers
from inspector_app.library.liability import load_liability, load_situation_facts
from inspector_app.library.paper_kinds import PaperKinds
from inspector_app.library.paper_phases import load_paper_phases
from inspector_app.library.procedure import load_procedure
from inspector_app.library.remedies import load_conflicts, load_remedies
from inspector_app.library.review import load_review_standard
from inspector_app.library.service import load_proof_kinds, load_service_rules
from inspector_app.library.settings import SettingSpec, load_settings
from inspector_app.library.terms import Terms, load_terms
from inspector_app.library.violations import load_violations
from inspector_app.library.wages import load_minimum_wages

T = TypeVar("T")
WHOLE = "_whole"  # in the dict of a library made apart: the one it was made of


def _part(read: Callable[["Library"], T]) -> cached_property[T]:
    """A part that is read once for a library and all that were made apart from it."""

    @wraps(read)
    def ask(library: "Library") -> T:
        whole = library.__dict__.get(WHOLE)
        return read(library) if whole is None else getattr(whole, read.__name__)

    return cached_property(ask)


@dataclass(frozen=True)
class Library:
    """Forms and law of the office below `office`; a broken file shows when its part is used."""

    office: Path

    @_part
    def statutes(self) -> dict[str, Statute]:
        return load_statutes(self.office)

    @_part
    def violations(self) -> dict[str, Violation]:
        return load_violations(self.office, self.statutes)

    @_part
    def _written_procedure(self) -> Procedure:
        return load_procedure(self.office, self.statutes)

    @_part
    def procedure(self) -> Procedure:
        """Stages, steps and guards of a case, and the ways to close it."""
        return self._written_procedure

    def call(self, titles: Mapping[str, str]) -> None:
        """Name kinds of paper as this bureau does: those whose titles differ from the shipped."""
        if titles == self.kinds.titles:
            return
        self.kinds.titles = dict(titles)
        papers = self._written_procedure.papers
        named = {kind: titles.get(kind, title) for kind, title in papers.items()}
        self.__dict__["procedure"] = replace(self._written_procedure, papers=named)

    def title(self, kind_id: str) -> str:
        """What papers of a kind are called here, also of a kind that is made outside only."""
        known = kind_id in self.kinds
        return self.kinds.title(kind_id) if known else self.procedure.papers.get(kind_id, kind_id)

    @_part
    def triggers(self) -> dict[str, Trigger]:
        return load_triggers(self.office, self.statutes)

    @_part
    def evidence(self) -> dict[str, EvidenceKind]:
        return load_evidence(self.office, self.statutes)

    @_part
    def figures(self) -> dict[str, Figure]:
        """Thresholds and rates by id (TH-…, DP-…)."""
        return load_figures(self.office, self.statutes)

    def chosen_figures(self, settings: Mapping[str, str]) -> dict[str, Figure]:
        """Figures with the bureau's own filled in where the law or the province left them open."""
        return chosen_figures(self.figures, settings)

    @_part
    def minimum_wages(self) -> dict[str, MinimumWage]:
        """The province's minimum wages by id, oldest first."""
        return load_minimum_wages(self.office, self.statutes)

    @_part
    def situation_facts(self) -> dict[str, SituationFact]:
        return load_situation_facts(self.office)

    @_part
    def liability(self) -> dict[str, LiabilityRule]:
        """Who pays, in the order the rows are tried."""
        return load_liability(self.office, self.statutes, self.situation_facts)

    @_part
    def grounds(self) -> dict[str, Basis]:
        """Articles that proposals cite beside figures, violations and terms."""
        return load_grounds(self.office, self.statutes)

    @_part
    def remedies(self) -> dict[str, Remedy]:
        return load_remedies(self.office, self.statutes)

    @_part
    def proof_kinds(self) -> dict[str, ProofKind]:
        return load_proof_kinds(self.office)

    @_part
    def service_rules(self) -> dict[str, ServiceRule]:
        """The ladder of service by the code of its method, first rung first."""
        return load_service_rules(self.office, self.statutes, self.proof_kinds)

    def service_rule(self, method: str) -> ServiceRule:
        """The rung of the ladder for a manner of service, by its code."""
        return next(rule for rule in self.service_rules.values() if rule.method == method)

    @_part
    def henan_conflicts(self) -> dict[str, LocalConflict]:
        """Local clauses that go beyond superior law: hints only."""
        return load_conflicts(self.office, self.statutes)

    @_part
    def _terms(self) -> Terms:
        return load_terms(self.office, self.statutes)

    @property
    def terms(self) -> dict[str, Term]:
        """Terms by id (D01 …)."""
        return self._terms.by_id

    @property
    def rolls_by_choice(self) -> frozenset[str]:
        """Terms that roll only while the setting `term_roll` says so."""
        return self._terms.rolls_by_choice

    def chosen_terms(self, settings: Mapping[str, str]) -> dict[str, Term]:
        """Terms with the bureau's own choices filled in: lengths the law leaves open, rolling."""
        return self._terms.chosen(settings)

    def due(self, term: Term, start: date) -> Due:
        """When a term ends, remembered: a ledger of thousands of cases asks the same days again."""
        known = self._dues.get((term, start))
        if known is None:
            known = self._dues[(term, start)] = compute(term, start, self.calendar)
        return known

    @_part
    def _dues(self) -> dict[tuple[Term, date], Due]:
        return {}

    @_part
    def checklists(self) -> dict[str, Checklist]:
        return load_checklists(self.office, self.statutes, self.violations)

    @_part
    def kinds(self) -> PaperKinds:
        """Paper kinds by id, in folder name order."""
        return PaperKinds(self.office)

    def apart(self) -> "Library":
        """The same library for one ledger: kinds of paper that ledger adds are its own."""
        made = copy(self)
        made.__dict__[WHOLE] = self
        made.__dict__["kinds"] = self.kinds.apart()
        return made

    @_part
    def paper_phases(self) -> tuple[PaperPhase, ...]:
        """The kinds of paper by the phase of a case they are made in."""
        return load_paper_phases(self.office)

    def is_internal(self, kind_id: str) -> bool:
        """Whether papers of that kind stay in the file: nobody is served with them."""
        return kind_id in self.kinds and not self.kinds[kind_id].served

    @_part
    def calendar(self) -> WorkCalendar:
        return load_calendar(self.office)

    @_part
    def divisions(self) -> dict[str, Division]:
        """The city first, then its counties."""
        return load_divisions(self.office)

    @_part
    def file_parts(self) -> tuple[FilePart, ...]:
        """正卷 and 副卷: in which order a case file is bound."""
        return load_file_parts(self.office)

    @_part
    def review_standard(self) -> ReviewStandard:
        """What case files are scored against."""
        return load_review_standard(self.office)

    @property
    def city(self) -> Division:
        """The city this office belongs to."""
        for division in self.divisions.values():
            if division.level is DivisionLevel.CITY:
                return division
        raise UserError("行政区划表里没有市", kind="library")

    @_part
    def former_divisions(self) -> dict[str, Division]:
        return load_former_divisions(self.office)

    @_part
    def prefectures(self) -> dict[str, Division]:
        return load_prefectures(self.office)

    @_part
    def settings(self) -> dict[str, SettingSpec]:
        return load_settings(self.office)


def load_library(office: Path) -> Library:
    """The library below `office` (see office.office_dir)."""
    return Library(office)
