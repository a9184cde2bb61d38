"""The procedure of a case as data: stages, steps, what guards them, and the ways to close."""

from collections.abc import Mapping
from dataclasses import dataclass

from inspector_app.domain.cases import Stage
from inspector_app.domain.words import Word

EITHER = "|"  # between paper kinds of which one is enough
BACK = "back"  # where a step leads that returns to the stage before the suspension


class Ask(Word):
    """What a step asks for beyond its day."""

    APPROVER = "approver", "批准的负责人"
    PEOPLE = "people", "参加人、经办人"
    UNTIL = "until", "到哪一天"
    TIME = "time", "时刻"
    OUTCOME = "outcome", "结果"
    CODES = "codes", "违法行为"
    AMOUNT = "amount", "对单位的数额"
    PERSON_AMOUNT = "person_amount", "对个人的数额"
    RULES = "rules", "哪个期限"
    PAPER_KIND = "paper_kind", "文种"
    NUMBER = "number", "字号"
    NOTE = "note", "说明"


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage: its place on the line from 登记 to 结案, and the papers that must be on file."""

    stage: Stage
    place: int
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GuardRow:
    """Something that must hold before a step; `hard`: nobody may let it pass.

    `articles` as printed, empty where the step's own apply; `rule` names a rule of the bureau.
    """

    id: str
    name: str
    remedy: str
    articles: tuple[str, ...] = ()
    rule: str = ""
    hard: bool = False


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step or fact: from where, to where, what must be on file, served or known before.

    `to` is None for a fact that moves nothing. `opens` and `closes` name a state beside the stage
    (Z3a …). Papers and guards that are `advised` have no verified article: they remind.
    `future`: it may speak of a day to come.
    """

    id: str
    name: str
    sources: tuple[Stage, ...]
    to: Stage | None = None
    back: bool = False
    articles: tuple[str, ...] = ()
    rule: str = ""
    papers: tuple[str, ...] = ()
    papers_advised: tuple[str, ...] = ()
    served: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    guards_advised: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    outcomes: Mapping[str, str] | None = None
    opens: str = ""
    closes: str = ""
    usual: bool = False
    future: bool = False
    note: str = ""

    @property
    def moves(self) -> bool:
        """Whether the case is in another stage afterwards."""
        return self.to is not None or self.back

    @property
    def basis(self) -> str:
        """What the step stands on, in words."""
        return "、".join(self.articles) or self.rule


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """A way to close: from which stages, with which papers and facts (one of each group)."""

    id: str
    name: str
    sources: tuple[Stage, ...]
    papers: tuple[str, ...] = ()
    served: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()


DERIVED = {
    "received": "收到线索",
    "paid_off": "欠薪全部清偿",
    "annulled": "决定被撤销、变更、确认违法或者无效",
}
"""Facts that no step records: they follow from the case, its payments, its contests."""

SUB_STATES = {
    "Z3a": "证据先行登记保存",
    "Z3b": "等待询问答复",
    "Z3c": "查询账户、财产",
    "Z3d": "请求公安等协助",
}
"""States that run beside the stage and do not keep the case from going on (law.md 1.1)."""


@dataclass(frozen=True, slots=True)
class Procedure:
    """All rows by id, in file order."""

    stages: Mapping[Stage, StageRow]
    steps: Mapping[str, StepRow]
    guards: Mapping[str, GuardRow]
    closings: Mapping[str, ClosingRow]
    papers: Mapping[str, str]  # paper kind -> title

    def from_stage(self, stage: Stage) -> tuple[StepRow, ...]:
        """What can be done in a stage, the usual step first, then moves, then mere facts."""
        found = [step for step in self.steps.values() if stage in step.sources]
        return tuple(sorted(found, key=lambda step: (not step.usual, not step.moves)))

    def beside(self) -> tuple[tuple[str, str, str], ...]:
        """(state, opening step, closing step) of every state that runs beside the stage."""
        opening = {step.opens: step.id for step in self.steps.values() if step.opens}
        closing = {step.closes: step.id for step in self.steps.values() if step.closes}
        return tuple((state, opening[state], closing[state]) for state in SUB_STATES)

    def fact_name(self, code: str) -> str:
        """复查整改为“已改正”, of recheck=corrected."""
        step, _, outcome = code.partition("=")
        row = self.steps.get(step)
        if row is None:
            return DERIVED.get(code, code)
        said = (row.outcomes or {}).get(outcome, outcome)
        return f"{row.name}为“{said}”" if outcome else row.name

    def title(self, kinds: str) -> str:
        """行政处理决定书或者行政处罚决定书, of kinds joined by |."""
        return "或者".join(self.papers[kind] for kind in kinds.split(EITHER))
