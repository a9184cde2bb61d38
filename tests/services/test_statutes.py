"""Official texts in the ledger: stored once, shown beside rules, searched, checked against."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from inspector_app.domain.bureau_law import StatuteArticle, StatuteText
from inspector_app.domain.law import Citation
from inspector_app.errors import UserError
from inspector_app.library.cited import CitedPlace, cited_places
from inspector_app.services.desk import Desk
from inspector_app.services.statutes import (
    all_texts,
    articles_of,
    beside,
    current_texts,
    find_statute,
    import_text,
    missing_articles,
    search_texts,
)
from tests.helpers.desks import on
from tests.helpers.real_data import shared_data

# Invented words under a real title: no article reads like this.
DEMO = """保障农民工工资支付条例

第一章 演示

第一条 为了演示支付，制定本条例。

第二条 演示单位应当按月支付演示工资，并且留存演示记录备查，样式由演示机关另行规定。

任何演示单位不得自行更改样式，也不得涂抹、销毁演示记录。

第三条 演示完毕。
"""
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A text file with these words."""

    def written(text: str = DEMO, name: str = "工资条例.txt") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_text_is_stored_with_its_articles_and_its_file(desk: Desk, write: Write) -> None:
    path = write()
    made = import_text(desk, path, "工资条例", date(2020, 5, 1), "省厅网站下载")
    assert (made.articles, made.last_article) == (3, 3)
    assert made.notes == ("文本到第 3 条为止，规则包按 64 条登记，请核对是不是同一版本。",)
    stored = made.stored
    assert (stored.title, stored.source, stored.note) == (
        "保障农民工工资支付条例",
        "工资条例.txt",
        "省厅网站下载",
    )
    assert desk.files.get(stored.sha256) == path.read_bytes()
    assert desk.ledger.history("statute_text", stored.id)[0].action == "导入法规原文"


def test_articles_are_shown_beside_a_rule(desk: Desk, write: Write) -> None:
    assert articles_of(desk, "工资条例", 2) == []
    import_text(desk, write(), "《保障农民工工资支付条例》")
    (shown,) = articles_of(desk, "工资条例", 2)
    assert (shown.title, shown.place, shown.chapter) == (
        "保障农民工工资支付条例",
        "第二条",
        "第一章 演示",
    )
    assert shown.body.startswith("演示单位应当按月支付")
    assert articles_of(desk, "工资条例", 2, "一") == []
    both = [Citation("工资条例", 3), Citation("工资条例", 2, paragraph=1), Citation("工资条例", 2)]
    assert [one.place for one in beside(desk, both)] == ["第三条", "第二条"]
    assert beside(desk, [Citation("工资条例"), Citation("处罚法", 1)]) == []


def test_a_notice_without_articles_is_shown_as_a_whole(desk: Desk, write: Write) -> None:
    short = next(one.short for one in desk.library.statutes.values() if one.undivided)
    name = desk.library.statutes[short].name
    made = import_text(desk, write(f"{name}\n一、演示事项。"), short)
    assert (made.articles, made.last_article, made.notes) == (1, 0, ())
    (whole,) = beside(desk, [Citation(short)])
    assert (whole.place, whole.body) == ("正文前", "一、演示事项。")


def test_the_same_file_is_not_taken_twice(desk: Desk, write: Write) -> None:
    import_text(desk, write(), "工资条例")
    before = desk.ledger.head()
    with pytest.raises(UserError, match="2026-09-28 已作为“保障农民工工资支付条例”导入"):
        import_text(desk, write(name="另存.txt"), "监察条例")
    assert desk.ledger.head() == before


def test_a_newer_text_takes_over_and_the_older_stays(desk: Desk, write: Write) -> None:
    old = import_text(desk, write(), "工资条例").stored
    later = on(desk, date(2026, 10, 9))
    made = import_text(later, write(DEMO.replace("完毕", "完成"), "新.txt"), "工资条例")
    assert "此前导入的文本（工资条例.txt）保留，核对条文改用这一份。" in made.notes
    assert current_texts(desk)["工资条例"] == made.stored
    assert [one.id for one in all_texts(desk)] == [old.id, made.stored.id]
    assert articles_of(desk, "工资条例", 3)[0].body == "演示完成。"


def test_a_text_known_to_be_older_does_not_take_over(desk: Desk, write: Write) -> None:
    made = import_text(desk, write(), "工资条例", date(2020, 5, 1)).stored
    older = import_text(
        desk, write(DEMO.replace("完毕", "旧"), "旧.txt"), "工资条例", date(2016, 1, 1)
    )
    assert any("仍以它为准" in note for note in older.notes)
    assert current_texts(desk)["工资条例"] == made


def test_a_text_of_another_statute_is_told(desk: Desk, write: Write) -> None:
    made = import_text(desk, write(), "监察条例")
    assert "请核对是不是《劳动保障监察条例》" in made.notes[0]


@pytest.mark.parametrize(
    ("text", "short", "field"),
    [
        ("第一条 甲", "没有的法", "statute"),
        ("没有条文", "工资条例", "file"),
        ("", "工资条例", "file"),
    ],
)
def test_a_bad_import_changes_nothing(
    desk: Desk, write: Write, text: str, short: str, field: str
) -> None:
    before = desk.ledger.head()
    with pytest.raises(UserError) as caught:
        import_text(desk, write(text), short)
    assert caught.value.field == field
    assert desk.ledger.head() == before
    with desk.ledger.read() as view:
        assert view.find(StatuteText) + view.find(StatuteArticle) == []  # type: ignore[operator]  # both empty


def test_an_unknown_statute_is_answered_with_near_ones(desk: Desk) -> None:
    assert find_statute(desk, " 工资条例 ").name == "保障农民工工资支付条例"
    with pytest.raises(UserError, match="工资条例"):
        find_statute(desk, "工资条列")


def test_words_are_found_with_what_stands_around_them(desk: Desk, write: Write) -> None:
    import_text(desk, write(), "工资条例")
    (hit,) = search_texts(desk, "留存 按月")
    assert (hit.short, hit.title, hit.place) == ("工资条例", "保障农民工工资支付条例", "第二条")
    assert hit.snippet.startswith("演示单位应当按月支付演示工资，并且留存")
    assert hit.snippet.endswith("…")
    assert search_texts(desk, "自行更改")[0].snippet.startswith("…")
    assert [one.place for one in search_texts(desk, "演示")] == ["第一条", "第二条", "第三条"]
    assert len(search_texts(desk, "演示", limit=2)) == 2
    assert search_texts(desk, "查无此词") == []
    with pytest.raises(UserError, match="请写要找的字词"):
        search_texts(desk, "  ")


def test_only_the_text_that_counts_is_searched(desk: Desk, write: Write) -> None:
    import_text(desk, write(), "工资条例")
    import_text(desk, write(DEMO.replace("留存", "保管"), "新.txt"), "工资条例")
    assert search_texts(desk, "留存") == []


def test_cited_places_a_text_does_not_have_are_listed_with_their_rules(
    desk: Desk, write: Write
) -> None:
    assert missing_articles(desk) == []
    import_text(desk, write(), "工资条例")
    missing = {one.place: one for one in missing_articles(desk)}
    assert "第六十三条" in missing or "第五十五条第一款第（一）项" in missing
    assert {one.statute for one in missing.values()} == {"工资条例"}
    assert any("GZ-05" in one.rules for one in missing.values())


def test_citations_are_read_with_the_rule_that_makes_them(desk: Desk) -> None:
    places = cited_places(desk.library.office)
    assert CitedPlace("D05", Citation("监察条例", 17)) in places
    assert {"GZ-05", "C01", "TH-HEARING-UNIT"} <= {one.rule for one in places}
    assert len(set(places)) == len(places) > 500


def test_what_is_no_citation_is_left_to_the_loader(tmp_path: Path) -> None:
    law = tmp_path / "resources/law"
    law.mkdir(parents=True)
    (law / "a.toml").write_text(
        '[[term]]\nid = "D1"\narticles = ["甲法 1", "看 不 懂"]\n'
        '[[term.more]]\nbasis = ["甲法 2"]\narticles = "甲法 3"\n',
        encoding="utf-8",
    )
    assert cited_places(tmp_path) == [
        CitedPlace("D1", Citation("甲法", 1)),
        CitedPlace("D1", Citation("甲法", 2)),
    ]


@pytest.mark.real_data
def test_every_place_the_pack_cites_is_in_the_imported_official_texts(desk: Desk) -> None:
    files = sorted(shared_data("law_texts").iterdir())
    taken = 0
    for short, statute in desk.library.statutes.items():
        path = next(
            (f for f in files if statute.stored and f.name.startswith(statute.stored)), None
        )
        if path is not None:
            made = import_text(desk, path, short)
            assert made.notes == (), (short, made.notes)
            taken += 1
    assert taken > 15
    assert missing_articles(desk) == []
    assert search_texts(desk, "工资保证金")
