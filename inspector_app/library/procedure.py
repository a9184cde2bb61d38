"""Reads resources/law/procedure/: stages, guards, steps and ways to close, held together."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from inspector_app.domain.cases import Stage
from inspector_app.domain.law import Statute
from inspector_app.domain.procedure import (
    BACK,
    DERIVED,
    EITHER,
    SUB_STATES,
    Ask,
    ClosingRow,
    GuardRow,
    Procedure,
    StageRow,
    StepRow,
)
from inspector_app.domain.steps import GUARDS
from inspector_app.errors import UserError
from inspector_app.library.law import printed
from inspector_app.library.rows import Row, by_id, read_toml

T = TypeVar("T")
FOLDER = "resources/law/procedure"
OPEN = "open"  # in `from`: every stage in which something still runs


def load_procedure(office: Path, statutes: Mapping[str, Statute]) -> Procedure:
    """The whole procedure; UserError names file and row of what does not fit."""
    papers = _papers(office)
    guards = _rows(office, "guards", "guard", "id", lambda row: _guard(row, statutes))
    known = _Known(papers, guards, statutes)
    steps, rows = _steps(office, known)
    facts = (
        DERIVED.keys() | steps | {f"{k}={o}" for k, s in steps.items() for o in s.outcomes or ()}
    )
    closings = _rows(office, "closings", "closing", "id", lambda row: _closing(row, known, facts))
    stages = _rows(office, "stages", "stage", "code", lambda row: _stage(row, known))
    missing = [stage.value for stage in Stage if stage.value not in stages]
    if missing:
        raise read_toml(office, f"{FOLDER}/stages.toml").wrong(f"没有阶段“{'、'.join(missing)}”")
    for key, step in steps.items():
        for fact in step.needs:
            if fact not in facts:
                raise rows[key].wrong(f"“needs”里的“{fact}”没有步骤登记", "needs")
    return Procedure({row.stage: row for row in stages.values()}, steps, guards, closings, papers)


def _steps(office: Path, known: "_Known") -> tuple[dict[str, StepRow], dict[str, Row]]:
    """Steps of all files by id, with the rows they were read from."""
    steps: dict[str, StepRow] = {}
    rows: dict[str, Row] = {}

    def read(row: Row) -> StepRow:
        step = known.step(row)
        if step.id in rows:
            raise row.wrong(f"步骤“{step.id}”重复", "id")
        for key, state in (("opens", step.opens), ("closes", step.closes)):
            if state and any(getattr(one, key) == state for one in steps.values()):
                raise row.wrong(f"并行状态“{state}”只能有一个步骤写在“{key}”里", key)
        rows[step.id] = row
        steps[step.id] = step
        return step

    for path in sorted((office / FOLDER).glob("steps_*.toml")):
        _rows(office, path.stem, "step", "id", read)
    for key in ("opens", "closes"):
        lacking = set(SUB_STATES) - {getattr(step, key) for step in steps.values()}
        if lacking:
            sentence = f"没有步骤的“{key}”写明并行状态“{'、'.join(sorted(lacking))}”"
            raise UserError(f"{FOLDER}：{sentence}", kind="library")
    return steps, rows


def _papers(office: Path) -> dict[str, str]:
    top = read_toml(office, f"{FOLDER}/papers.toml").row("papers")
    return {kind: top.text(kind) for kind in top}


def _rows(office: Path, name: str, table: str, key: str, read: Callable[[Row], T]) -> dict[str, T]:
    top = read_toml(office, f"{FOLDER}/{name}.toml")
    found = by_id(top.rows(table, key), read, key=key)
    top.finish()
    return found


def _guard(row: Row, statutes: Mapping[str, Statute]) -> GuardRow:
    row.flag("enforce")  # says in the file that no verified article is needed
    key = row.text("id")
    if key not in GUARDS:
        raise row.wrong(f"本程序没有名为“{key}”的把关", "id")
    return GuardRow(
        id=key,
        name=row.text("name"),
        remedy=row.text("remedy"),
        articles=printed(row, "articles", statutes) if row.has("articles") else (),
        rule=row.text("rule", ""),
        hard=row.flag("hard"),
    )


def _sources(row: Row) -> tuple[Stage, ...]:
    found: list[Stage] = []
    for code in row.texts("from"):
        if code == OPEN:
            found += [stage for stage in Stage if not stage.ended]
        else:
            found.append(_stage_of(row, "from", code))
    return tuple(dict.fromkeys(found))


def _stage_of(row: Row, key: str, code: str) -> Stage:
    for stage in Stage:
        if stage.value == code:
            return stage
    raise row.wrong(f"“{key}”写的“{code}”不是案件阶段", key)


def _stage(row: Row, known: "_Known") -> StageRow:
    return StageRow(
        stage=_stage_of(row, "code", row.text("code")),
        place=row.number("place"),
        papers=known.kinds(row, "papers"),
    )


def _closing(row: Row, known: "_Known", facts: Iterable[str]) -> ClosingRow:
    groups: list[tuple[str, ...]] = []
    cell = row.cell("facts")
    for group in cell if isinstance(cell, list) else ():
        names = tuple(str(one) for one in group) if isinstance(group, list) else ()
        strange = [name for name in names if name not in facts]
        if strange or not names:
            raise row.wrong(f"“facts”里的“{'、'.join(strange)}”没有步骤登记", "facts")
        groups.append(names)
    return ClosingRow(
        id=row.text("id"),
        name=row.text("name"),
        sources=_sources(row),
        papers=known.kinds(row, "papers"),
        served=known.kinds(row, "served"),
        facts=tuple(groups),
    )


@dataclass(frozen=True)
class _Known:
    """What a step may refer to."""

    papers: Mapping[str, str]
    guards: Mapping[str, GuardRow]
    statutes: Mapping[str, Statute]

    def kinds(self, row: Row, key: str) -> tuple[str, ...]:
        found = row.texts(key, ())
        for kind in (one for text in found for one in text.split(EITHER)):
            if kind not in self.papers:
                raise row.wrong(f"“{key}”里的“{kind}”不在文书名称表里", key)
        return found

    def guarded(self, row: Row, key: str) -> tuple[str, ...]:
        found = row.texts(key, ())
        for name in found:
            if name not in self.guards:
                raise row.wrong(f"“{key}”里没有名为“{name}”的把关", key)
        return found

    def step(self, row: Row) -> StepRow:
        """One step; a closing or opening state beside the stage must be one of SUB_STATES."""
        to = row.text("to", "")
        beside = {key: row.text(key, "") for key in ("opens", "closes")}
        for key, code in beside.items():
            if code and code not in SUB_STATES:
                raise row.wrong(f"“{key}”写的“{code}”不是并行状态", key)
        step = StepRow(
            id=row.text("id"),
            name=row.text("name"),
            sources=_sources(row),
            to=_stage_of(row, "to", to) if to not in {"", BACK} else None,
            back=to == BACK,
            articles=printed(row, "articles", self.statutes),
            rule=row.text("rule", ""),
            papers=self.kinds(row, "papers"),
            papers_advised=self.kinds(row, "papers_advised"),
            served=self.kinds(row, "served"),
            needs=row.texts("needs", ()),
            guards=self.guarded(row, "guards"),
            guards_advised=self.guarded(row, "guards_advised"),
            asks=tuple(_ask(row, code) for code in row.texts("asks", ())),
            outcomes=row.maybe("outcomes", lambda key: _outcomes(row, key)),
            opens=beside["opens"],
            closes=beside["closes"],
            usual=row.flag("usual"),
            future=row.flag("future"),
            note=row.text("note", ""),
        )
        if not step.basis:
            raise row.wrong("没有“articles”的步骤要写明“rule”")
        if (Ask.OUTCOME in step.asks) != bool(step.outcomes) and step.id != "close":
            raise row.wrong("问结果的步骤要有“outcomes”，有“outcomes”的要问结果")
        return step


def _ask(row: Row, code: str) -> Ask:
    for ask in Ask:
        if ask.value == code:
            return ask
    raise row.wrong(f"“asks”里没有“{code}”", "asks")


def _outcomes(row: Row, key: str) -> dict[str, str]:
    table = row.row(key)
    return {code: table.text(code) for code in table}
