"""Which paper to make: what the stage asks for first, every kind once, found by name or pinyin."""

from dataclasses import replace

import pytest

from inspector_app.domain.cases import Stage
from inspector_app.domain.procedure import EITHER
from inspector_app.library.loading import Library
from inspector_app.services.desk import Desk
from inspector_app.services.paper_choice import (
    OTHER,
    choice_initials,
    paper_choices,
    search_choices,
)


@pytest.mark.parametrize("stage", [None, *Stage])
def test_every_kind_is_offered_once_and_the_usual_ones_first(
    desk: Desk, stage: Stage | None
) -> None:
    choices = paper_choices(desk, stage)
    assert sorted(one.kind.id for one in choices) == sorted(desk.library.kinds)
    usual = [one.usual for one in choices]
    assert usual == sorted(usual, reverse=True)
    assert OTHER not in {one.phase for one in choices}


@pytest.mark.parametrize("stage", list(Stage))
def test_what_a_step_leads_on_with_is_usual(desk: Desk, stage: Stage) -> None:
    asked = {
        kind
        for step in desk.library.procedure.from_stage(stage)
        if step.moves
        for group in (*step.papers, *step.papers_advised, *step.served)
        for kind in group.split(EITHER)
    }
    usual = {one.kind.id for one in paper_choices(desk, stage) if one.usual}
    assert asked & set(desk.library.kinds) <= usual


def test_the_usual_step_of_a_new_case_comes_first(desk: Desk) -> None:
    assert paper_choices(desk, Stage.INTAKE)[0].kind.title == "立案审批表"
    assert not any(one.usual for one in paper_choices(desk))
    facts = [one.kind.id for one in paper_choices(desk, Stage.PERFORMANCE)]
    assert facts.index("crime_transfer_letter") < facts.index("intake_form")


def test_a_kind_of_the_bureau_in_no_phase_comes_last(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    phases = desk.library.paper_phases
    without = (replace(phases[0], kinds=phases[0].kinds[1:]), *phases[1:])
    library = Library(desk.library.office)
    monkeypatch.setitem(library.__dict__, "paper_phases", without)
    last = paper_choices(replace(desk, library=library))[-1]
    assert (last.kind.id, last.phase) == (phases[0].kinds[0], OTHER)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("限期改正", ["限期改正指令书"]),
        ("xqgz", ["限期改正指令书"]),
        ("XQGZ", ["限期改正指令书"]),
        ("失信 告知", ["拟列入失信联合惩戒名单告知书"]),
        ("情书", []),
    ],
)
def test_a_kind_is_found_by_name_or_initials(desk: Desk, text: str, found: list[str]) -> None:
    choices = paper_choices(desk)
    initials = choice_initials(choices)
    assert [one.kind.title for one in search_choices(choices, text, initials)] == found
    assert len(search_choices(choices, "", initials)) == len(choices)


def test_without_pinyin_names_are_still_found(desk: Desk) -> None:
    choices = paper_choices(desk)
    assert search_choices(choices, "xqgz") == []
    assert len(search_choices(choices, "备考")) == 1
