"""Whatever is typed in Chinese or as pinyin initials finds what it names, at once and always."""

import dataclasses
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from inspector_app.domain.parties import Employer
from inspector_app.errors import UserError
from inspector_app.ledger import pinyin
from inspector_app.ledger.ids import new_id
from inspector_app.ledger.ledger import Ledger
from inspector_app.ledger.receive import receiving
from inspector_app.ledger.schema import metadata
from inspector_app.ledger.search import characters, initials_of, match, words_of
from inspector_app.ledger.views import Hit
from tests.helpers.builders import a_case, a_clue, a_project, a_worker_claim, an_employer
from tests.helpers.initials import initials, table
from tests.helpers.real_data import shared_data
from tests.ledger.scenes import NOW, put, put_case, save, take_away

FILES = ("tonggui_level1.txt", "tonggui_level2.txt", "tonggui_level3.txt")


def found(ledger: Ledger, text: str, limit: int = 20) -> list[tuple[str, str]]:
    with ledger.read() as view:
        return [(hit.kind, hit.id) for hit in view.search(text, limit)]


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """One of everything that can be found."""
    put_case(ledger)
    put(ledger, *a_worker_claim(1), a_clue(clue_no="线2026-1", employer_name="恒岳市政工程公司"))
    return ledger


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("青禾", [("employer", "employer-1")]),
        ("青 劳务", [("employer", "employer-1")]),
        ("青劳务", []),
        ("qhjz", [("employer", "employer-1")]),
        ("QHJZ", [("employer", "employer-1")]),
        ("ＱＨＪＺ", [("employer", "employer-1")]),
        ("91410402MA", [("employer", "employer-1")]),
        ("安置房三标", [("project", "project-1"), ("clue", "clue-1")]),
        ("137", [("case", "case-1")]),
        ("〔2026〕137号", [("case", "case-1")]),
        ("恒岳", [("clue", "clue-1")]),
        ("线2026-1", [("clue", "clue-1")]),
        ("演示工人1", [("worker", "case-1")]),
        ("ysgr", [("worker", "case-1")]),
        ("没有此名", []),
        ("", []),
        (" “” ", []),
        ('" OR words : "', []),
    ],
)
def test_what_is_typed_finds_what_it_names(
    filled: Ledger, text: str, hits: list[tuple[str, str]]
) -> None:
    assert found(filled, text) == hits


def test_a_worker_is_shown_masked_and_leads_to_the_case(filled: Ledger) -> None:
    with filled.read() as view:
        hits = view.search("演示工人1", 5)
    assert hits == [Hit("worker", "case-1", "平人社监〔2026〕137号", "劳动者 演**")]


def test_renamed_and_removed_things_are_found_as_they_are_now(filled: Ledger) -> None:
    save(filled, an_employer(name="新麦建筑劳务有限公司"))
    worker = a_worker_claim(1)
    take_away(filled, worker.claim, worker.private, worker.worker)
    assert found(filled, "青禾") == []
    assert found(filled, "新麦") == [("employer", "employer-1")]
    assert found(filled, "演示工人") == []
    assert filled.check() == []


def test_every_kind_gets_its_share_of_a_short_list(ledger: Ledger) -> None:
    many = [an_employer(id=f"e-{n}", name=f"演示{n}公司", credit_code="") for n in range(20)]
    put(ledger, an_employer(), *many, a_project(name="演示路"), a_case())
    put(ledger, *a_worker_claim(1))
    hits = found(ledger, "演示", limit=6)
    assert len(hits) == 6
    assert {"employer", "project", "worker"} == {kind for kind, _ in hits}


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("单雄信", ["sxx", "dxx", "cxx"]),
        ("曾国强", ["zgq", "cgq"]),
        ("解晓东", ["xxd", "jxd"]),
        ("覃小明", ["qxm", "txm"]),
        ("仇和平", ["qhp", "chp"]),
        ("长葛鼎盛", ["cgds", "zgds", "ds"]),
        ("漯河召陵建工", ["lhsljg", "lhzljg", "sl"]),
    ],
)
def test_any_reading_of_a_character_finds_the_name(
    ledger: Ledger, name: str, initials: list[str]
) -> None:
    put(ledger, an_employer(name=name))
    for typed in initials:
        assert found(ledger, typed) == [("employer", "employer-1")], typed


def test_initials_never_run_from_one_name_into_the_next(ledger: Ledger) -> None:
    put(ledger, a_clue(employer_name="青禾", project_name="安置房"))
    assert found(ledger, "qh") == found(ledger, "azf") == [("clue", "clue-1")]
    assert found(ledger, "qhazf") == []
    assert found(ledger, "禾安") == []


def test_a_long_name_with_many_readings_is_kept_small() -> None:
    name = list("单曾解覃仇长召重行乐朝传调角")
    every = pinyin.variants(name)
    assert len(every) <= pinyin.CAP + 3 * len(name)
    first = "".join(pinyin.initials_of(one)[0] for one in name)
    assert first in every
    for place, char in enumerate(name):
        for other in pinyin.initials_of(char):
            assert any(one[place] == other for one in every)


def test_a_page_pasted_as_a_name_costs_no_more_than_its_length(ledger: Ledger) -> None:
    """80,000 characters of many readings took all memory; such rows still come from others."""
    name = "重行乐朝单曾解覃" * 10_000
    every = pinyin.variants(list(name))
    assert sum(map(len, every)) < 2 * len(name)
    assert {pinyin.initials_of(one)[-1] for one in name[:8]} <= set("".join(every))
    with pytest.raises(UserError, match="最多 200 个字，这里有 80000 个") as refused:
        put(ledger, dataclasses.replace(an_employer(), name=name))
    assert refused.value.field == "name"
    put(ledger, an_employer())
    with receiving(ledger, NOW) as uow:
        table = metadata.tables["employer"]
        uow.connection.execute(update(table).values(name=name))
        uow.commit()
    assert found(ledger, "zxlc") == found(ledger, "cxyz") == [("employer", "employer-1")]
    with ledger.read() as view:
        old = view.get(Employer, "employer-1")
    save(ledger, dataclasses.replace(old, note="旧数据照样打开、照样改"))
    with pytest.raises(UserError, match="最多 200 个字"):
        save(ledger, dataclasses.replace(old, name=name[1:]))
    assert ledger.check() == []


def test_the_table_of_initials_says_what_pypinyin_says() -> None:
    assert pinyin.TABLE.read_text(encoding="utf-8") == table()
    for char in "Aİ7〇ß　":
        assert pinyin.initials_of(char) == initials(char)


def test_a_character_without_pinyin_stands_for_itself() -> None:
    assert pinyin.initials_of("7") == ("7",)
    assert initials_of(["三7", ""]) == "s 7"


@given(st.text(max_size=12))
def test_what_is_indexed_and_what_is_asked_are_cut_alike(text: str) -> None:
    asked = match("employer", text)
    parts = [part for part in text.split() if characters(part)]
    assert (asked is None) == (not parts)
    for part in parts:
        assert f'"{words_of([part])}"' in (asked or "")


@pytest.fixture(scope="module")
def all_characters(
    blank_ledger: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Ledger, list[str]]]:
    """A ledger whose employers bear, in turn, all 8,105 characters of the general standard."""
    path = tmp_path_factory.mktemp("all") / "all.ledger"
    path.write_bytes(blank_ledger.read_bytes())
    ledger = Ledger.open(path)
    text = "".join(shared_data("cn_chars", name).read_text(encoding="utf-8") for name in FILES)
    chars = [c for c in dict.fromkeys(text) if not c.isspace() and ord(c) > 0x2000]
    names = ["".join(chars[start : start + 20]) for start in range(0, len(chars), 20)]
    put(ledger, *(an_employer(id=new_id(), name=name, credit_code="") for name in names))
    yield ledger, names
    ledger.close()


@pytest.mark.real_data
def test_any_two_neighbouring_characters_find_their_name(
    all_characters: tuple[Ledger, list[str]],
) -> None:
    ledger, names = all_characters
    assert sum(len(name) for name in names) == 8105
    ask = (
        "SELECT e.name FROM search_entry AS s JOIN employer AS e ON e.id = s.id "
        "WHERE s.n IN (SELECT rowid FROM search_text WHERE search_text MATCH ?)"
    )
    with ledger.read() as view:
        for name in names:
            for two in map("".join, pairwise(name)):
                rows = view.connection.exec_driver_sql(ask, (match("employer", two),))
                assert rows.scalars().all() == [name], two


@pytest.mark.real_data
def test_a_rare_character_is_found_like_any_other(
    all_characters: tuple[Ledger, list[str]],
) -> None:
    ledger, names = all_characters
    rare = [name for name in names if any(ord(one) > 0xFFFF for one in name)]
    assert len(rare) > 5
    assert all(len(found(ledger, name)) == 1 for name in rare)


def test_a_case_is_found_under_the_name_of_its_parties(ledger: Ledger) -> None:
    put_case(ledger)
    put(ledger, dataclasses.replace(a_case(), id="case-2", case_no="𬱖2"))
    assert found(ledger, "𬱖") == [("case", "case-2")]
