"""Every violation and every figure of law.md is in the pack, each with its level."""

import pytest

from inspector_app.domain.law import ForceLevel, TextLevel
from inspector_app.library.loading import Library
from inspector_app.library.pack import RowKind, pack_rows

CODES = """
    GZ-01 GZ-02 GZ-03 GZ-04 GZ-05 GZ-06 GZ-07 GZ-08 GZ-09 GZ-10 GZ-11 GZ-12 GZ-13 GZ-14 GZ-15
    GZ-16 GZ-17 GZ-18 GZ-19 GZ-20 GZ-21 GZ-22
    WG-01 WG-02 WG-03 WG-04 WG-05 WG-06 WG-07 WG-08 WG-09 WG-10
    HT-01 HT-02 HT-03 HT-04 HT-05 HT-06 HT-07 HT-08 HT-09 HT-10 HT-11 HT-12 HT-13
    GS-01 GS-02 NW-01 NW-02 NW-03 NW-04 NW-05 NW-06 NW-07 NW-08 NW-09 NW-10
    TG-01 TG-02 TG-03 TG-04 TG-05 TG-06 TG-07
    SB-01 SB-02 SB-03 SB-04 SB-05 SB-06 SB-07 SB-08 SB-09 SB-10
    KJ-01 KJ-02 KJ-03 KJ-04 KJ-05 GH-01 GH-02 GH-03 RL-01 RL-02 RL-03 RL-04 RL-05 RL-06 RL-07
"""
VIOLATIONS = CODES.split()

FIGURES = {  # what it says, how far it was read
    "TH-HEARING-PERSON": "5000元以上 excerpt",
    "TH-HEARING-UNIT": "5万元以上 excerpt",
    "TH-HEARING-SEIZE-PERSON": "5000元以上 excerpt",
    "TH-HEARING-SEIZE-UNIT": "5万元以上 excerpt",
    "TH-SUMMARY-PERSON": "不超过200元 full",
    "TH-SUMMARY-UNIT": "不超过3000元 full",
    "TH-CRIME-MONTHS": "3个月以上 full",
    "TH-CRIME-PEOPLE": "10人以上 full",
    "TH-CRIME-NATION-ONE": "5000元至2万元 full",
    "TH-CRIME-NATION-MANY": "3万元至10万元 full",
    "TH-CRIME-HENAN-ONE": "8000元以上 secondary",
    "TH-CRIME-HENAN-MANY": "4万元以上 secondary",
    "TH-CRIME-TEAM": "2人以上 full",
    "TH-LIST-ONE": "8000元以上 secondary",
    "TH-LIST-MANY": "4万元以上 secondary",
    "TH-LIST-INCIDENT": "1次以上 full",
    "TH-LIST-YEARS": "3年 full",
    "TH-LIST-EARLY-MONTHS": "6个月以上 full",
    "TH-REPAIR-MINOR": "不超过3个月 secondary",
    "TH-REPAIR-COMMON": "3个月至12个月 secondary",
    "TH-REPAIR-SERIOUS": "1年至3年 secondary",
    "TH-ANNOUNCE-COUNTY": "3个月 secondary",
    "TH-ANNOUNCE-PROVINCE": "6个月 secondary",
    "TH-CREDIT-C": "3次以上 secondary",
    "TH-CREDIT-YEARS": "1年 secondary",
    "TH-SURCHARGE-DAY": "3% full",
    "TH-SURCHARGE-CAP": "不超过100% full",
    "TH-EXTRA-PAY": "50%至100% full",
    "TH-EXTRA-LEAVE": "100% full",
    "TH-LIMIT-YEARS": "2年 full",
    "TH-LIMIT-HARM": "5年 full",
    "TH-WAGE-DAYS": "21.75天 full",
    "TH-WORK-DAYS": "20.67天 full",
    "TH-OVERTIME-DAY": "150%以上 full",
    "TH-OVERTIME-REST": "200%以上 full",
    "TH-OVERTIME-HOLIDAY": "300%以上 full",
    "TH-LEAVE-PAY": "300% full",
    "TH-DEDUCTION": "不超过20% full",
    "TH-WAGE-NOTICE": "不超过10日 secondary",
    "TH-SENIOR-PAY": "不超过1个月 full",
    "TH-HOURS-DAY": "不超过8小时 full",
    "TH-HOURS-WEEK": "不超过40小时 full",
    "TH-OVERTIME-HOURS-DAY": "不超过3小时 full",
    "TH-OVERTIME-HOURS-MONTH": "不超过36小时 full",
    "TH-MATERNITY": "98日以上 full",
    "TH-INSURANCE-LATE": "0.05% full",
    "TH-INSURANCE-REGISTER": "不超过30日 full",
    "TH-LABOUR-COST-CYCLE": "不超过1个月 full",
    "TH-LABOUR-COST-SHARE": "未定 unseen",
    "TH-ACCOUNT-FLOOR": "未定 unseen",
    "TH-LEDGER-YEARS": "3年以上 full",
    "TH-SITE-LEDGER-YEARS": "3年以上 full",
    "TH-AGENCY-LEDGER-YEARS": "2年以上 full",
    "TH-PRIVACY-YEARS": "3年以上 full",
    "TH-FILE-YEARS": "未定 unseen",
    "TH-INSPECTORS": "2人以上 full",
    "TH-VISITS-HENAN": "不超过1次 full",
    "TH-FUND-CITY": "1000万元 secondary",
    "TH-FUND-COUNTY": "100万元至500万元 secondary",
    "DP-BASE": "1%至3% excerpt",
    "DP-FLOOR": "0.5%以上 excerpt",
    "DP-HENAN-BASE": "未定 unseen",
    "DP-HENAN-MULTI": "未定 unseen",
    "DP-CAP": "未定 unseen",
    "DP-CAP-TRAFFIC": "未定 unseen",
    "DP-CAP-WATER": "未定 unseen",
    "DP-SMALL-AMOUNT": "不满300万元 excerpt",
    "DP-SMALL-YEARS": "1年以上 excerpt",
    "DP-SMALL-MONTHS": "未定 unseen",
    "DP-SMALL-APPLY": "未定 unseen",
    "DP-HALVE-YEARS": "2年以上 secondary",
    "DP-HALVE": "50% secondary",
    "DP-EXEMPT-YEARS": "3年以上 secondary",
    "DP-EXEMPT-NEEDS": "是 secondary",
    "DP-RAISE-YEARS": "2年 excerpt",
    "DP-RAISE-ARREARS": "50%以上 excerpt",
    "DP-RAISE-LISTED": "100%以上 excerpt",
    "DP-RAISE-OVER-CAP": "未定 unseen",
    "DP-GUARANTEE-SHARE": "100%以上 excerpt",
    "DP-GUARANTEE-YEARS": "1年以上 excerpt",
}

FULL_TEXTS = """
    工资条例 监察条例 处罚法 强制法 民诉法 行诉法 复议法 行诉解释 劳动合同法
    合同法条例 劳动法 社保法 工会法 妇女法 未保法 治安法 身份证法 就业促进法
    女职工规定 童工规定 年休假条例 工时规定 工资支付规定 工伤条例 征缴条例
    经办条例 人力资源条例 移送规定 信访条例 信息公开条例 名单办法 超龄规定
    拒付解释 河南监察条例 河南执法条例 民营经济法 医保法 建筑法 档案法 档案法条例
    个保法 放假办法 工资折算通知 争议解释二 豫政〔2023〕43号
"""
READ_IN_FULL = set(FULL_TEXTS.split())
"""law.md 0.1 and the texts that lie beside the project."""

NAMED_IN_LAW_MD = READ_IN_FULL | {
    "若干规定", "刑法", "有毒物品条例", "最低工资规定", "保证金规定", "专户办法", "河南听证办法",
    "社会公布办法", "诚信评价办法", "听证程序规定", "信用修复办法", "执法监督条例", "衔接通知",
    "涉企检查意见", "河南保证金办法", "河南专户细则", "河南拒付标准", "豫政〔2021〕33号",
}  # fmt: skip

UNVERIFIED_TERMS = ("D01", "D02", "D07", "D15", *(f"D{number}" for number in range(42, 49)))


def test_every_violation_is_there_with_its_levels(library: Library) -> None:
    assert len(VIOLATIONS) == len(set(VIOLATIONS)) == 89
    assert sorted(library.violations) == sorted(VIOLATIONS)
    for code, one in library.violations.items():
        assert one.basis.text_level in TextLevel, code
        assert one.basis.force_level in ForceLevel, code
        assert set(one.basis.articles) == {*one.breaches, *one.penalties}, code
        assert one.evidence, code
        assert one.triggers, code


def test_every_figure_is_there_with_its_level(library: Library) -> None:
    found = {
        key: f"{one.said} {one.basis.text_level.value}" for key, one in library.figures.items()
    }
    assert found == FIGURES


def test_every_statute_of_law_md_is_listed(library: Library) -> None:
    assert set(library.statutes) == NAMED_IN_LAW_MD


def test_a_statute_counts_as_read_only_when_it_was(library: Library) -> None:
    full = {key for key, one in library.statutes.items() if one.text_level is TextLevel.FULL}
    assert full == READ_IN_FULL


def test_every_rule_has_its_articles_or_says_why_not(library: Library) -> None:
    rows = [row for row in pack_rows(library) if row.basis is not None]
    assert len(rows) > 300
    for row in rows:
        assert row.basis is not None
        assert row.basis.articles or row.basis.note, row.id
        assert row.name.strip(), row.id
        end = row.basis.effective_to
        assert end is None or row.basis.effective_from <= end, row.id


def test_nothing_that_was_not_read_in_full_is_settled(library: Library) -> None:
    for row in pack_rows(library):
        if row.basis is None or not row.basis.settled or row.kind is RowKind.STATUTE:
            continue
        strange = {one.statute for one in row.basis.cited} - READ_IN_FULL
        assert not strange, (row.id, strange)
        assert row.basis.articles, row.id


@pytest.mark.parametrize("rule", UNVERIFIED_TERMS)
def test_terms_that_nobody_verified_are_not_settled(library: Library, rule: str) -> None:
    rows = {row.id: row for row in pack_rows(library)}
    basis = rows[rule].basis
    assert basis is not None
    assert not basis.settled


def test_every_kind_of_row_is_in_the_pack_and_no_id_is_used_twice(library: Library) -> None:
    rows = list(pack_rows(library))
    assert {row.kind for row in rows} == set(RowKind)
    assert len({row.id for row in rows}) == len(rows)


def test_what_is_doubtful_about_violations_is_told_by_their_levels(library: Library) -> None:
    doubtful = {code for code, one in library.violations.items() if not one.basis.settled}
    assert doubtful == {"WG-02", "WG-05", "TG-06", "HT-13"}
    assert library.violations["GZ-05"].basis.force_level is ForceLevel.CHECKED
    assert library.violations["TG-01"].basis.force_level is ForceLevel.UNCHECKED
