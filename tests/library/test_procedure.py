"""The procedure as it is shipped, and what keeps a changed file from loading."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from inspector_app.domain.cases import Source, Stage
from inspector_app.domain.law import TextLevel, read_citation
from inspector_app.domain.procedure import DERIVED, EITHER, SUB_STATES
from inspector_app.domain.steps import ARTICLES, GUARDS, INPUT
from inspector_app.library.loading import Library
from inspector_app.library.office import office_dir
from inspector_app.library.procedure import FOLDER
from tests.library.shelf import append, edit, refusal

STAGES = """Z1 Z1a Z1b Z1c Z1d Z2 Z3 Z4 Z5 Z6 Z7 Z7a Z7b Z7c Z7d Z8 Z8a Z9 Z10 Z11 Z12 Z13 Z14"""
BESIDE = ("Z3a", "Z3b", "Z3c", "Z3d")
ENDS = {Stage.REJECTED, Stage.DISPUTE, Stage.REFERRED, Stage.ARCHIVED}
WAYS = ["corrected", "withdrawn", "no_penalty", "performed", "enforced", "police", "transferred"]
GUARD_FILE = f"{FOLDER}/guards.toml"
STAGE_FILE = f"{FOLDER}/stages.toml"
CLOSING_FILE = f"{FOLDER}/closings.toml"
INTAKE_FILE = f"{FOLDER}/steps_1_intake.toml"
INQUIRY_FILE = f"{FOLDER}/steps_2_investigation.toml"
PENALTY_FILE = f"{FOLDER}/steps_4_penalty.toml"


def rows(name: str, table: str) -> list[dict[str, Any]]:
    """The rows of a shipped file as they are written."""
    text = (office_dir() / FOLDER / name).read_text(encoding="utf-8")
    return list(tomllib.loads(text)[table])


STEP_FILES = sorted(path.name for path in (office_dir() / FOLDER).glob("steps_*.toml"))
STEPS = {row["id"]: row for name in STEP_FILES for row in rows(name, "step")}
GUARD_ROWS = {row["id"]: row for row in rows("guards.toml", "guard")}


def test_every_stage_of_the_law_is_there_with_the_states_beside_it(library: Library) -> None:
    procedure = library.procedure
    assert [stage.value for stage in procedure.stages] == STAGES.split()
    assert {stage.value for stage in Stage} == set(STAGES.split())
    assert tuple(SUB_STATES) == tuple(state for state, _, _ in procedure.beside()) == BESIDE


def test_no_state_beside_the_stage_keeps_a_case_from_going_on(library: Library) -> None:
    for _, opening, closing in library.procedure.beside():
        steps = library.procedure.steps
        assert not steps[opening].moves
        assert not steps[closing].moves
        assert set(steps[opening].sources) < set(steps[closing].sources)


def test_every_stage_that_is_no_end_has_a_way_out(library: Library) -> None:
    stuck = {
        stage
        for stage in Stage
        if not any(step.moves for step in library.procedure.from_stage(stage))
    }
    assert stuck == ENDS - {Stage.ARCHIVED}
    out = {step.id for step in library.procedure.from_stage(Stage.ARCHIVED) if step.moves}
    assert out == {"reopen"}  # a judgment may come after the file was put away


def test_every_stage_is_reached_from_the_first(library: Library) -> None:
    reached = {Stage.INTAKE}
    for _ in Stage:
        reached |= {
            step.to
            for step in library.procedure.steps.values()
            if step.to is not None and reached & set(step.sources)
        }
    assert reached == set(Stage)


def test_from_every_stage_a_case_can_still_be_closed_or_has_ended(library: Library) -> None:
    steps = [step for step in library.procedure.steps.values() if step.moves]
    good = {Stage.CLOSED, *ENDS}
    for _ in Stage:
        good |= {s for step in steps if step.to in good or step.back for s in step.sources}
    assert good == set(Stage)


def test_every_guard_is_used_and_has_a_function(library: Library) -> None:
    steps = library.procedure.steps.values()
    used = {name for step in steps for name in (*step.guards, *step.guards_advised)}
    assert used == set(library.procedure.guards) == set(GUARDS)
    assert set(ARTICLES) | INPUT <= set(GUARDS)


def levels(library: Library, articles: list[str]) -> set[TextLevel]:
    return {library.statutes[read_citation(text).statute].text_level for text in articles}


def test_nothing_refuses_as_law_that_was_not_read_in_full(library: Library) -> None:
    """What refuses stands on statutes read in full; `enforce` says what the bureau asks for."""
    refusing = {name for row in STEPS.values() for name in row.get("guards", ())}
    for name in refusing:
        row = GUARD_ROWS[name]
        found = levels(library, row.get("articles", []))
        if row.get("enforce"):
            assert row.get("rule") or TextLevel.FULL in found, name
        else:
            assert found <= {TextLevel.FULL}, name


def test_what_has_no_article_of_its_own_stands_on_that_of_the_step(library: Library) -> None:
    for key, row in STEPS.items():
        bare = [name for name in row.get("guards", ()) if not has_basis(GUARD_ROWS[name])]
        if bare or row.get("papers") or row.get("served"):
            found = levels(library, row.get("articles", []))
            assert row.get("rule") or TextLevel.FULL in found, key


def has_basis(row: dict[str, Any]) -> bool:
    return bool(row.get("articles") or row.get("rule"))


def test_only_what_the_law_forbids_is_kept_from_a_leader(library: Library) -> None:
    """A hard guard cites an article; what only the bureau asks for a leader may let pass."""
    for guard in library.procedure.guards.values():
        assert guard.articles or not guard.hard, guard.id
        assert guard.remedy, guard.id


def test_the_guards_that_nobody_lets_pass_are_these(library: Library) -> None:
    assert {guard.id for guard in library.procedure.guards.values() if guard.hard} == {
        "two_inspectors", "violations", "amount", "order_unheeded", "hearing_told", "new_notice",
        "told_before", "statement_over", "handling_heard", "hearing_over",
        "hearing_notice_in_time", "host_independent", "legal_review", "discussion", "not_heavier",
        "summary_limits", "decision_stands", "demand_over", "suit_over", "list_ordered",
        "list_heard", "annulled",
    }  # fmt: skip


def test_there_are_seven_ways_to_close_each_from_a_stage_that_closes(library: Library) -> None:
    procedure = library.procedure
    assert list(procedure.closings) == WAYS
    closing = set(procedure.steps["close"].sources)
    assert closing == {stage for row in procedure.closings.values() for stage in row.sources}
    for row in procedure.closings.values():
        assert row.name
        assert all(row.facts), row.id


def test_every_paper_has_its_title_and_the_forms_call_it_the_same(library: Library) -> None:
    procedure = library.procedure
    used = {kinds for row in procedure.stages.values() for kinds in row.papers}
    for step in procedure.steps.values():
        used |= {*step.papers, *step.papers_advised, *step.served}
    for row in procedure.closings.values():
        used |= {*row.papers, *row.served}
    kinds = {kind for text in used for kind in text.split(EITHER)}
    assert kinds <= set(procedure.papers)
    assert all(title.strip() for title in procedure.papers.values())
    for kind in set(library.kinds) & set(procedure.papers):
        assert library.kinds[kind].title == procedure.papers[kind], kind


def test_a_stage_is_entered_with_the_papers_it_asks_for(library: Library) -> None:
    steps = library.procedure.steps.values()
    for stage, row in library.procedure.stages.items():
        for step in steps:
            if step.to is stage and row.papers:
                before = {k for one in step.sources for k in library.procedure.stages[one].papers}
                held = {*step.papers, *step.served, *before}
                kinds = {kind for text in held for kind in text.split(EITHER)}
                for wanted in row.papers:
                    assert kinds & set(wanted.split(EITHER)), (step.id, stage, wanted)


def test_what_starts_and_ends_a_term_is_recorded_somewhere(library: Library) -> None:
    procedure = library.procedure
    known = {*procedure.steps, *DERIVED, "published"}
    known |= {f"{k}={o}" for k, step in procedure.steps.items() for o in step.outcomes or ()}
    known |= {f"source:{source.value}" for source in Source}
    known |= {f"{head}:{k}" for head in ("issued", "served", "deadline") for k in procedure.papers}
    known |= {f"end:{term}" for term in library.terms}
    for term in library.terms.values():
        assert {*term.starts, *term.ends, *term.when} <= known, term.id


def test_a_step_that_needs_a_fact_can_come_after_it(library: Library) -> None:
    steps = library.procedure.steps
    moves = [step for step in steps.values() if step.to is not None]
    for step in steps.values():
        for fact in step.needs:
            before = steps[fact]
            reached: set[Stage | None] = {before.to} if before.to else {*before.sources}
            for _ in Stage:
                reached |= {move.to for move in moves if reached & set(move.sources)}
            assert reached & set(step.sources), step.id


BROKEN = [
    (GUARD_FILE, 'id = "approved"', 'id = "waved"', "本程序没有名为“waved”的把关"),
    (GUARD_FILE, 'name = "负责人批准"\n', "", "缺少“name”"),
    (GUARD_FILE, '"监察条例 16", ', '"监察 16", ', "监察"),
    (GUARD_FILE, 'remedy = "填写理由"', 'remedy = "填写理由"\nsoft = true', "有不认识的项“soft”"),
    (GUARD_FILE, 'id = "reason"', 'id = "approved"', "“id”重复"),
    (STAGE_FILE, 'code = "Z14"', 'code = "Z15"', "“code”写的“Z15”不是案件阶段"),
    (STAGE_FILE, '[[stage]]\ncode = "Z14"\nplace = 6\n', "", "没有阶段“Z14”"),
    (STAGE_FILE, 'papers = ["handling_notice"]', 'papers = ["letter"]', "“papers”里的“letter”"),
    (INTAKE_FILE, 'from = ["Z1"]', 'from = ["Z0"]', "“from”写的“Z0”不是案件阶段"),
    (INTAKE_FILE, 'to = "Z1a"', 'to = "Z0"', "“to”写的“Z0”不是案件阶段"),
    (INTAKE_FILE, '["referral_letter"]', '["a|b"]', "“papers”里的“a”不在文书名称表里"),
    (INTAKE_FILE, 'guards = ["reason"]', 'guards = ["luck"]', "“guards”里没有名为“luck”的把关"),
    (INTAKE_FILE, '"approver", "note"', '"approver", "mood"', "“asks”里没有“mood”"),
    (INTAKE_FILE, 'id = "advise"', 'id = "reject"', "“id”重复"),
    (INTAKE_FILE, 'id = "advise"', 'id = "zz"\nopens = "Z3x"', "“opens”写的“Z3x”不是并行状态"),
    (INTAKE_FILE, 'articles = ["监察条例 21(2)"]', "articles = []", "要写明“rule”"),
    (INTAKE_FILE, "[[step]]", "[[step", "写法有误"),
    (INQUIRY_FILE, 'id = "accounts"', 'id = "file"', "步骤“file”重复"),
    (INQUIRY_FILE, 'opens = "Z3b"', 'opens = "Z3a"', "并行状态“Z3a”只能有一个步骤写在“opens”里"),
    (INQUIRY_FILE, 'opens = "Z3d"\n', "", "没有步骤的“opens”写明并行状态“Z3d”"),
    (INQUIRY_FILE, 'closes = "Z3c"\n', "", "没有步骤的“closes”写明并行状态“Z3c”"),
    (INQUIRY_FILE, '["outcome", "note"]', '["note"]', "有“outcomes”的要问结果"),
    (PENALTY_FILE, 'passed = "审核通过"', "passed = 1", "“passed”应为文字"),
    (PENALTY_FILE, "usual = true", 'usual = true\nneeds = ["oath"]', "“oath”没有步骤登记"),
    (CLOSING_FILE, '"recheck=corrected"', '"recheck=good"', "“recheck=good”没有步骤登记"),
    (CLOSING_FILE, '[["withdraw"]]', "[[]]", "没有步骤登记"),
    (CLOSING_FILE, '[["withdraw"]]', '["withdraw"]', "没有步骤登记"),
    (CLOSING_FILE, 'from = ["Z8a"]\n', "", "缺少“from”"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "sentence"), BROKEN)
def test_a_changed_file_says_where_it_is_wrong(
    office: Path, file: str, old: str, new: str, sentence: str
) -> None:
    edit(office, file, old, new)
    message = refusal(office, "procedure")
    assert sentence in message
    assert FOLDER in message


def test_a_wrong_row_is_named_with_its_file_and_line(office: Path) -> None:
    edit(office, INTAKE_FILE, 'guards = ["reason"]', 'guards = ["luck"]')
    assert refusal(office, "procedure").startswith(f"{INTAKE_FILE} 第 ")
    edit(office, INTAKE_FILE, 'guards = ["luck"]', 'guards = ["reason"]')
    edit(office, CLOSING_FILE, '"recheck=corrected"', '"recheck=good"')
    assert f"{CLOSING_FILE} 第 8 行 corrected" in refusal(office, "procedure")


def test_a_paper_without_a_title_is_refused(office: Path) -> None:
    append(office, f"{FOLDER}/papers.toml", 'letter = ""\n')
    assert "“letter”不能为空" in refusal(office, "procedure")


def test_a_missing_file_is_told(office: Path) -> None:
    (office / CLOSING_FILE).unlink()
    assert "读不到" in refusal(office, "procedure")
