"""A form that would print something wrong is refused with its file and key."""

import shutil
from pathlib import Path

import pytest

from inspector_app.domain.papers import FieldType, Layout, PaperKind
from inspector_app.errors import UserError
from inspector_app.library import paper_kinds
from inspector_app.library.office import forms_dir
from inspector_app.library.paper_kinds import load_kind
from inspector_app.papers.blocks import BLOCK_KINDS
from inspector_app.papers.context import OFFICE_NAMES
from tests.papers.conftest import KINDS

ORDER = "rectification_order"
FULL = 'id = "party"\nlabel = "被指令单位"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(forms_dir() / "papers" / ORDER, tmp_path / ORDER))


def changed(folder: Path, old: str, new: str) -> str:
    """What loading says after one change to the form."""
    file = folder / "form.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_kind(folder)
    return caught.value.message


def test_the_order_is_read_as_it_stands() -> None:
    kind = load_kind(forms_dir() / "papers" / ORDER)
    assert (kind.series, kind.series_char, kind.layout) == ("order", "令", Layout.LETTER)
    assert kind.field("wage_table").type is FieldType.TABLE
    assert len(kind.field("wage_table").longest or ()) == 435  # type: ignore[arg-type]  # a table
    assert kind.copies == ("正本", "附卷")


def test_engine_and_loader_know_the_same_blocks_and_marks() -> None:
    assert paper_kinds.BLOCKS == BLOCK_KINDS
    assert set(OFFICE_NAMES) == paper_kinds.OFFICE_MARKS


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f'id = "{ORDER}"', 'id = "other"', "应与文件夹名"),
        ('kind = "addressee"', 'kind = "adressee"', "没有“adressee”这种段落"),
        ('text = "{party}："', 'text = "{partie}："', "“{partie}”不是字段"),
        ('text = "{party}："', 'text = "{party|big}："', "写法不认识"),
        ('text = "{overdue}"', 'text = "逾期"', "必填的“逾期后果”没有印"),
        ('when = ["evidence"]', 'when = ["evidences"]', "“{evidences}”不是字段"),
        ('verified = "full"', 'verified = "yes"', "“verified”应为"),
        ('demands = ["party", "facts"', 'demands = ["evidence", "facts"', "要求的“证据”"),
        ('"total:amount=wage_table.owing"', '"total:amount=nothing.owing"', "检查规则"),
        (
            'options = { field = "wage_table", total',
            'options = { field = "party", total',
            "明细表字段",
        ),
        ('type = "text"', 'type = "ticks"', "选项字段应有“options”"),
        ('type = "money"', 'type = "table"', "明细表应有“columns”"),
        ('kind = "money"', 'kind = "fen"', "text、money、integer"),
        ('id = "credit_code"', 'id = "credit-code"', "英文字母"),
        ('id = "credit_code"', 'id = "phone"', "“phone”是本局事项"),
        ('id = "credit_code"', 'id = "review_body"', "“review_body”是本局事项"),
        ('series = "order"', 'audience = "everybody"', "“audience”写的是“everybody”"),
        (FULL, FULL + "colour = 1\n", "不认识的项"),
        ('example = "2026-11-27"', 'example = "27 November"', "改正期限"),
        ('example = "2026-11-27"\n', "", "没有“example”"),
        ("max_length = 80", "max_length = 20", "超过 20 字"),
    ],
)
def test_a_wrong_form_is_told_in_words(folder: Path, old: str, new: str, said: str) -> None:
    message = changed(folder, old, new)
    assert said in message


def test_a_sample_may_be_repeated_as_text_number_or_rows(folder: Path) -> None:
    file = folder / "form.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("longest = 435", "longest_repeat = 145", 1), encoding="utf-8")
    kind = load_kind(folder)
    assert kind.field("workers").longest == 435
    rows = kind.field("wage_table").longest
    assert isinstance(rows, tuple)
    assert [row["no"] for row in rows[:4] if isinstance(row, dict)] == ["1", "2", "3", "4"]
    assert str(kind.field("facts").longest).count("\n") == 37


def test_every_amount_with_a_table_of_money_must_agree_with_it(
    kinds: dict[str, PaperKind],
) -> None:
    """Each such table: one of its columns is the sum of a field, and the rows are counted."""
    for name in KINDS:
        kind = kinds[name]
        tables = [one for one in kind.fields if any(c.kind == "money" for c in one.columns)]
        for field in tables:
            rules = [rule for rule in kind.checks if f"={field.id}." in rule]
            assert any(one.startswith(("total:", "fines:")) for one in rules), (name, field.id)
            workers = any(one.id == "workers" for one in kind.fields)
            if workers:
                assert f"count:workers={field.id}" in kind.checks, name
