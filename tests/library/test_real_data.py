"""Citations and working days against the public data: every article cited is in its statute."""

import json
import re
import tomllib
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

import pytest

from inspector_app.domain.law import Citation, chinese_number, read_citation
from inspector_app.library.loading import Library
from inspector_app.library.office import office_dir
from inspector_app.library.pack import RowKind, pack_rows
from tests.helpers.real_data import shared_data

pytestmark = pytest.mark.real_data

KEYS = ("articles", "breaches", "penalties", "basis")
ARTICLE = re.compile(r"第([一二三四五六七八九十百零]+)条(?:之([一二三四五六七八九]))?(?=[　 \s])")
ITEM = re.compile(r"[（(]([一二三四五六七八九十]+)[)）]")


def cited() -> list[Citation]:
    """Every citation of the data files, each once."""
    files = chain(
        (office_dir() / "resources/law").rglob("*.toml"),
        (office_dir() / "forms/checklists").glob("*.toml"),
    )
    found: set[str] = set()
    for file in files:
        for rows in tomllib.loads(file.read_text(encoding="utf-8")).values():
            for row in rows if isinstance(rows, list) else ():
                found.update(chain.from_iterable(row.get(key, ()) for key in KEYS))
    return [read_citation(text) for text in sorted(found)]


def articles(path: Path) -> dict[str, list[tuple[str, list[str]]]]:
    """Article number → its paragraphs, each with the numbers of its items."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    current: list[tuple[str, list[str]]] | None = None
    for line in path.read_text(encoding="utf-8").split("<!-- INFO END -->")[-1].splitlines():
        text = line.strip()
        head = ARTICLE.match(f"{text} ")
        if text.startswith("#"):
            current = None
        elif head:
            current = found.setdefault(head[1] + (f"之{head[2]}" if head[2] else ""), [])
            text = text[head.end() :].strip()
        if current is None or not text or text.startswith("#"):
            continue
        item = ITEM.match(text)
        if item and current:
            current[-1][1].append(item[1])
        else:
            current.append((text, []))
    return found


def stored_text(library: Library, short: str) -> Path:
    name = library.statutes[short].stored
    found = [one for one in shared_data("law_texts").iterdir() if one.name.startswith(name)]
    assert len(found) == 1, (short, found)
    return found[0]


def test_every_cited_article_paragraph_and_item_stands_in_the_stored_text(
    library: Library,
) -> None:
    texts = {
        short: articles(stored_text(library, short))
        for short, one in library.statutes.items()
        if one.stored
    }
    checked = 0
    for one in cited():
        if one.statute not in texts:
            continue
        number = chinese_number(one.article) + (f"之{one.sub}" if one.sub else "")
        assert number in texts[one.statute], one
        paragraphs = texts[one.statute][number]
        if one.paragraph:
            assert one.paragraph <= len(paragraphs), one
            paragraphs = [paragraphs[one.paragraph - 1]]
        elif one.item:
            assert len(paragraphs) == 1, f"{one} names an item but not its paragraph"
        if one.item:
            assert one.item in paragraphs[0][1], one
        checked += 1
    assert checked > 350


def test_the_last_article_of_each_stored_text_is_the_one_the_list_says(library: Library) -> None:
    for short, one in library.statutes.items():
        if not one.stored:
            continue
        found = articles(stored_text(library, short))
        assert chinese_number(one.last_article) in found, short
        assert chinese_number(one.last_article + 1) not in found, short


def test_statutes_whose_length_is_known_without_a_stored_text_are_these(library: Library) -> None:
    known = {key for key, one in library.statutes.items() if one.last_article and not one.stored}
    assert known == {"民诉法"}


def test_every_row_of_the_pack_is_among_the_citations_checked(library: Library) -> None:
    rows = [row for row in pack_rows(library) if row.basis and row.kind is not RowKind.TERM]
    places = {place for row in rows if row.basis for place in row.basis.cited}
    assert places <= set(cited())
    assert len(places) > 250


@pytest.mark.parametrize("wrong", ["工资条例 65", "工资条例 55(2)", "工资条例 55(四)"])
def test_the_check_above_can_fail(library: Library, wrong: str) -> None:
    one = read_citation(wrong)
    paragraphs = articles(stored_text(library, one.statute)).get(chinese_number(one.article), [])
    known = one.paragraph in (None, *range(1, len(paragraphs) + 1))
    assert not (paragraphs and known and (not one.item or one.item in paragraphs[0][1]))


def test_articles_cited_of_statutes_without_a_stored_text_are_listed(library: Library) -> None:
    unseen = {one.statute for one in cited() if not library.statutes[one.statute].stored}
    assert unseen == {
        "若干规定", "民诉法", "妇女法", "未保法", "治安法", "刑法", "身份证法", "有毒物品条例",
        "最低工资规定", "移送规定", "名单办法", "超龄规定", "保证金规定", "专户办法",
        "社会公布办法", "诚信评价办法", "信用修复办法", "河南听证办法", "河南保证金办法",
        "河南专户细则", "河南拒付标准", "争议解释二", "工资折算通知",
        "豫政〔2021〕33号", "豫政〔2023〕43号",
    }  # fmt: skip


# Whom an article speaks to when it does not name the unit itself.
UNNAMED = re.compile(r"^单位|[，；]单位|任何单位|职工|劳动者|劳动关系|劳动合同|农民工工资|不得安排")
UNITS = {
    "owner": "建设单位", "general": "施工总承包单位", "sub": "分包单位", "employer": "用人单位",
    "host": "用工单位", "anyone": "用人单位",
}  # fmt: skip
NO_DUTY = re.compile(
    r"^(?:县级以上|人力资源社会保障|劳动保障行政部门|相关行业|对(?:无|不具备))|有权采取"
    r"|的，由\S+?清偿|可以申请"
)


def duty_problem(library: Library, cited_text: str, liable: tuple[str, ...]) -> str:
    """Why an article is no duty of these units; "" when it is one."""
    one = read_citation(cited_text)
    paragraphs = articles(stored_text(library, one.statute))[chinese_number(one.article)]
    if one.paragraph:
        paragraphs = [paragraphs[one.paragraph - 1]]
    text = "".join(paragraph for paragraph, _ in paragraphs)
    if NO_DUTY.search(text):
        return f"{cited_text} 是职权或者责任条款"
    if not any(UNITS[word] in text for word in liable) and not UNNAMED.search(text):
        return f"{cited_text} 不是 {'、'.join(liable)} 的义务"
    return ""


def test_what_an_order_says_was_breached_is_a_duty_of_the_unit_it_addresses(
    library: Library,
) -> None:
    items = [one for sheet in library.checklists.values() for one in sheet.items if one.demand]
    rows = chain.from_iterable(
        tomllib.loads(file.read_text(encoding="utf-8"))["item"]
        for file in (office_dir() / "forms/checklists").glob("*.toml")
    )
    typed = {row["id"]: row["articles"] for row in rows}
    problems = [
        (item.id, found)
        for item in items
        for text in typed[item.id]
        if (found := duty_problem(library, text, item.liable))
    ]
    assert problems == []
    assert len(items) > 60


@pytest.mark.parametrize(
    ("article", "liable"),
    [
        ("监察条例 15(1)", "employer"), ("监察条例 33", "employer"), ("工资条例 37", "owner"),
        ("劳动合同法 93", "employer"), ("工资条例 30(4)", "general"), ("工资条例 36(2)", "general"),
        ("工资条例 27(2)", "general"), ("工资条例 30(1)", "employer"),
        ("工资条例 23(2)", "owner"), ("工资条例 38(2)", "employer"),
    ],
)  # fmt: skip
def test_powers_liabilities_and_duties_of_others_are_told(
    library: Library, article: str, liable: str
) -> None:
    assert duty_problem(library, article, (liable,))


def test_the_working_day_table_agrees_day_by_day_with_another_one(library: Library) -> None:
    other = json.loads(
        shared_data("cn_calendar", "chinese_days_holidays.json").read_text(encoding="utf-8")
    )
    holidays = {date.fromisoformat(day) for day in other["holidays"]}
    workdays = {date.fromisoformat(day) for day in other["workdays"]}
    day, different = date(2004, 1, 1), []
    while day <= date(2026, 12, 31):
        expected = day in workdays or (day.weekday() < 5 and day not in holidays)
        if library.calendar.is_working(day) is not expected:
            different.append(day)
        day += timedelta(days=1)
    assert different == []
    assert library.calendar.workdays == workdays


def test_counties_are_those_of_the_public_table(library: Library) -> None:
    rows = shared_data("cn_admin", "areas.csv").read_text(encoding="utf-8").splitlines()
    public = dict(row.split(",")[:2] for row in rows if row.startswith("4104"))
    ours = {one.code: one.name for one in library.divisions.values() if one is not library.city}
    assert ours == {code: name.strip('"') for code, name in public.items()}
