"""What the bureau may choose, and the divisions it works in."""

from pathlib import Path

import pytest

from inspector_app.library.loading import Library
from inspector_app.library.settings import SettingKind, SettingSpec
from tests.library.shelf import DIVISIONS, SETTINGS, edit, problems, refusal


def spec(
    kind: SettingKind, *, required: bool = False, options: tuple[str, ...] = ()
) -> SettingSpec:
    return SettingSpec("k", "天数", "期限", kind, "", "说明", "", options, required)


@pytest.mark.parametrize(
    ("one", "value", "sentence"),
    [
        (spec(SettingKind.TEXT), "", ""),
        (spec(SettingKind.TEXT, required=True), " ", "请填写“天数”"),
        (spec(SettingKind.INT), "7", ""),
        (spec(SettingKind.INT), "七", "“天数”请填整数，例如 5"),
        (spec(SettingKind.INT), "-1", "“天数”请填整数，例如 5"),
        (spec(SettingKind.DECIMAL), "1.5", ""),
        (spec(SettingKind.DECIMAL), "2", ""),
        (spec(SettingKind.DECIMAL), "1.555", "“天数”请填数字，最多两位小数，例如 1.5"),
        (spec(SettingKind.DECIMAL), "1,5", "“天数”请填数字，最多两位小数，例如 1.5"),
        (spec(SettingKind.DECIMAL), "１", "“天数”请填数字，最多两位小数，例如 1.5"),
        (spec(SettingKind.CHOICE, options=("甲", "乙")), "丙", "“天数”只能是：甲、乙"),
        (spec(SettingKind.BOOL, options=("是", "否")), "是", ""),
        (spec(SettingKind.DATE), "2026-01-31", ""),
        (spec(SettingKind.DATE), "2026-02-31", "“天数”请填日期，例如 2026-01-31"),
        (spec(SettingKind.DATE), "20260131", "“天数”请填日期，例如 2026-01-31"),
    ],
)
def test_a_value_its_kind_does_not_allow_is_told(
    one: SettingSpec, value: str, sentence: str
) -> None:
    assert one.problem(value) == sentence


def test_every_default_that_is_not_verified_says_so(library: Library) -> None:
    said = {key for key, one in library.settings.items() if one.note}
    assert {
        "org_char", "watch_char", "paper_number_template", "rectification_days", "order_remedies",
        "court", "interview_basis", "term_lead", "term_roll",
    } <= said  # fmt: skip
    assert library.settings["review_body"].default == "平顶山市人民政府"
    assert library.settings["interview_basis"].default == ""


def test_defaults_are_allowed_by_their_own_kind(library: Library) -> None:
    for one in library.settings.values():
        assert not one.default or one.problem(one.default) == "", one.key
        assert one.default or not one.required, one.key


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('kind = "choice"', 'kind = "list"', "“kind”写的是“list”"),
        ('default = "工作日"', 'default = "周"', "默认值不对：“默认改正期限单位”只能是"),
        ('default = "否"', 'default = ""', "选项要有默认值"),
        ('options = ["工作日", "自然日"]\n', "", "只有 choice 才有“options”"),
        ('key = "address"', 'key = "bureau_name"', "“key”重复"),
    ],
)
def test_a_broken_setting_is_told(office: Path, old: str, new: str, sentence: str) -> None:
    edit(office, SETTINGS, old, new)
    assert sentence in refusal(office, "settings")
    assert sentence in problems(office, "setting")[0].message


def test_a_number_template_without_its_marks_is_found(office: Path) -> None:
    edit(office, SETTINGS, "{机关}{监察}{文种}字〔{年}〕第{序号}号", "{机关}字〔{年}〕第{序号}号")
    assert [one.where for one in problems(office, "setting")] == ["paper_number_template"]


def test_the_city_has_its_twelve_counties(library: Library) -> None:
    assert library.city.name == "平顶山市"
    assert next(iter(library.divisions)) == "410400"
    assert len(library.divisions) == 13
    assert library.divisions["410472"].name == "平顶山市城乡一体化示范区"
    assert library.former_divisions["410424"].note == "今汝州市 410482"
    assert library.prefectures["410100"].name == "郑州市"


@pytest.mark.parametrize(
    ("part", "old", "new", "sentence"),
    [
        ("divisions", '"410402"', '"41040"', "“code”应为六位数字"),
        ("divisions", '"410403"', '"410402"', "“code”重复"),
        ("city", '"410400"', '"410499"', "行政区划表里没有市"),
    ],
)
def test_a_broken_division_is_told(
    office: Path, part: str, old: str, new: str, sentence: str
) -> None:
    edit(office, DIVISIONS, old, new)
    assert sentence in refusal(office, part)
    assert len(problems(office, "division")) == 1
