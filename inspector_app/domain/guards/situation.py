"""What a guard looks at: the case as it stands, and the step somebody wants to take."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from inspector_app.domain.cases import Case
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.facts import Facts, of_round
from inspector_app.domain.guards.written import Written
from inspector_app.domain.law import Violation
from inspector_app.domain.procedure import Procedure, StepRow


@dataclass(frozen=True, slots=True)
class Limits:
    """Figures of the law that steps are held against, fen; None where none is known."""

    hearing_unit_fen: int | None = None  # a fine from here on needs the hearing told
    hearing_person_fen: int | None = None
    summary_unit_fen: int | None = None  # on-the-spot fines up to here
    summary_person_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A case with all that guards ask about. `ends`: the day each of its terms runs out."""

    case: Case
    facts: Facts
    events: tuple[CaseEvent, ...]
    procedure: Procedure
    violations: Mapping[str, Violation]
    today: date
    limits: Limits = Limits()
    ends: Mapping[str, date] = field(default_factory=dict)
    extendable: frozenset[str] = frozenset()
    articles: Mapping[str, str] = field(default_factory=dict)  # of each term, as printed
    inspectors: tuple[str, ...] = ()  # names of all who investigated
    certified: tuple[str, ...] = ()  # lead and assistant, those with a certificate
    has_evidence: bool = False
    owing_fen: int | None = None  # None: no wage claims are listed
    suspension: bool = False
    written: tuple[Written, ...] = ()  # the issued papers made in the program, by day

    @property
    def certified_count(self) -> int:
        """How many inspectors with a certificate have the case; one who stands twice is one."""
        return len(set(self.certified))

    def events_of(self, step: str) -> list[CaseEvent]:
        """The events of a step, the latest last."""
        found = [event for event in self.events if event.step == step]
        return sorted(found, key=lambda event: (event.on, event.id))

    def last_event(self, step: str) -> CaseEvent | None:
        """The latest event of a step."""
        found = self.events_of(step)
        return found[-1] if found else None

    def written_for(self, step: StepRow) -> list[Written]:
        """The papers of a step made in the program since it was last taken, as far as known.

        Papers made outside are not among them: nobody typed here what they say.
        """
        before = self.last_event(step.id)
        refs = {fact.ref for kinds in step.papers for fact in self.facts.each(f"issued:{kinds}")}
        found = [paper for paper in self.written if paper.ref in refs]
        return [paper for paper in found if before is None or paper.on > before.on]

    def known_on(self, day: date) -> "Situation":
        """What may be held for a step of that day: nothing later, nothing of an undone decision."""
        facts = self.facts.as_of(day).this_round()
        again = facts.last("reopen")
        events = tuple(
            event
            for event in self.events
            if event.on <= day and not (again and event.on < again.on and of_round(event.step))
        )
        return replace(self, facts=facts, events=events)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDetails:
    """What is said of a step besides which one it is. Amounts are fen."""

    on: date
    at: str = ""
    until: date | None = None
    rules: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    outcome: str = ""
    approver: str = ""
    people: str = ""
    amount_fen: int | None = None
    person_fen: int | None = None
    paper_kind: str = ""
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt(StepDetails):
    """A step somebody wants to take, with what it asks for."""

    step: StepRow


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a step may not be taken: what is missing, which article, and what would make it legal.

    `hard`: nobody may let it pass. `advised`: no verified article, so it only reminds.
    """

    guard: str
    message: str
    article: str
    remedy: str
    hard: bool = False
    advised: bool = False

    @property
    def sentence(self) -> str:
        """缺什么（依据）；怎么办."""
        basis = f"（{self.article}）" if self.article else ""
        return (
            f"{self.message}{basis}。{self.remedy}。" if self.remedy else f"{self.message}{basis}。"
        )
