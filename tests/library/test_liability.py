"""Who pays, how a paper is contested, what is never applied."""

from pathlib import Path

import pytest

from inspector_app.domain.papers import ServiceMethod
from inspector_app.library.loading import Library
from tests.library.shelf import (
    CONFLICTS,
    LIABILITY,
    REMEDIES,
    SERVICE,
    SETTINGS,
    edit,
    problems,
    refusal,
)

PAYS = {  # law.md 3.8, from top to bottom: article, who pays, whether up to the unpaid price
    "LB-01": ("第十六条", "用人单位", ""),
    "LB-02": ("第十七条", "该单位", ""),
    "LB-03": ("第十八条", "用工单位", ""),
    "LB-04": ("第十九条第一款", "发包的单位", ""),
    "LB-05": ("第十九条第二款", "被借用名义的用人单位", ""),
    "LB-06": ("第二十条", "用人单位", ""),
    "LB-07": ("第二十一条", "原用人单位", ""),
    "LB-08": ("第二十二条第一款", "用人单位", ""),
    "LB-09": ("第三十条第一款", "施工总承包单位先行清偿", ""),
    "LB-10": ("第三十条第四款", "施工总承包单位先行清偿", ""),
    "LB-11": ("第二十九条第二款", "建设单位先行垫付", "unpaid_price"),
    "LB-12": ("第三十六条第一款", "作出发包、分包的建设单位或者施工总承包单位", ""),
    "LB-13": ("第三十六条第二款", "被挂靠的施工单位", ""),
    "LB-14": ("第三十七条", "建设单位", ""),
    "LB-15": ("第五十九条", "责任部门限期拨付", ""),
    "LB-16": ("第三十二条第一款", "工资保证金", ""),
}


def test_every_row_of_the_table_is_there_in_its_order(library: Library) -> None:
    found = {
        key: (one.basis.articles[0].split("》")[1], one.payers[0], one.limit)
        for key, one in library.liability.items()
    }
    assert found == PAYS
    assert list(library.liability) == list(PAYS)
    assert [one.order for one in library.liability.values()] == list(range(1, 17))


def test_only_advance_payers_and_lenders_of_a_name_may_recover(library: Library) -> None:
    recover = {key for key, one in library.liability.items() if one.recourse}
    assert recover == {"LB-03", "LB-05", "LB-09", "LB-10", "LB-16"}


def test_each_fact_leads_to_a_row_and_sites_are_told_from_other_work(library: Library) -> None:
    asked = {code for one in library.liability.values() for code in one.needs}
    assert asked == library.situation_facts.keys()
    on_site = {code for code, one in library.situation_facts.items() if one.engineering}
    assert {"sub_owes", "owner_behind", "project_name_lent"} <= on_site
    assert not {"direct_hire", "name_lent"} & on_site


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('needs = ["merger"]', 'needs = ["mergers"]', "“mergers”不是可以勾选的情形"),
        ('needs = ["merger"]', "needs = []", "“needs”和“payers”都不能为空"),
        ('limit = "unpaid_price"', 'limit = "price"', "“limit”应为空或 unpaid_price"),
        ("order = 2\n", "order = 1\n", "“order”与 LB-01 相同"),
        ('code = "no_licence"', 'code = "direct_hire"', "“code”重复"),
        ('id = "LB-02"', 'id = "LB-01"', "“id”重复"),
    ],
)
def test_a_broken_row_is_told_with_its_line(
    office: Path, old: str, new: str, sentence: str
) -> None:
    edit(office, LIABILITY, old, new)
    message = refusal(office, "liability")
    assert message.startswith(f"{LIABILITY} 第 ")
    assert sentence in message
    assert len(problems(office, "liability")) == 1


def test_a_row_does_not_mix_site_and_other_facts(office: Path) -> None:
    edit(office, LIABILITY, 'needs = ["merger"]', 'needs = ["merger", "sub_owes"]')
    assert [one.where for one in problems(office, "liability")] == ["LB-07"]


def test_only_a_penalty_on_the_spot_must_go_to_review_first(library: Library) -> None:
    remedies = library.remedies
    assert {one.paper for one in remedies.values() if one.review_first} == {
        "summary_penalty_decision"
    }
    first = remedies["RM-SUMMARY"]
    assert (first.review_term, first.suit_term) == ("D20", "D22")
    assert first.basis.articles[0] == "《中华人民共和国行政复议法》第二十三条第一款第（一）项"
    assert {one.paper for one in remedies.values()} == {
        "penalty_decision", "handling_decision", "summary_penalty_decision", "list_decision",
        "rectification_order",
    }  # fmt: skip


def test_the_government_reviews_since_2024(library: Library) -> None:
    for one in library.remedies.values():
        assert "《中华人民共和国行政复议法》第二十四条第一款第（一）项" in one.basis.articles
        assert str(one.basis.effective_from) == "2024-01-01"
        assert one.review_body == ""  # the setting says which government


def test_an_order_bears_remedies_only_by_choice_and_is_not_settled(library: Library) -> None:
    chosen = {key: one.setting for key, one in library.remedies.items() if one.setting}
    assert chosen == {"RM-ORDER": "order_remedies"}
    assert not library.remedies["RM-ORDER"].basis.settled


def test_terms_and_settings_of_remedies_exist(office: Path) -> None:
    edit(office, REMEDIES, 'suit_term = "D21"', 'suit_term = "D99"')
    edit(office, SETTINGS, 'key = "review_body"', 'key = "review_bodies"')
    assert [(one.where, one.message) for one in problems(office, "remedy")] == [
        ("RM-PENALTY", "没有编号为“D99”的期限"),
        ("RM", "没有“review_body”这项设置"),
    ]


def test_henan_clauses_beyond_superior_law_are_hints_only(office: Path, library: Library) -> None:
    assert list(library.henan_conflicts) == ["HC-19", "HC-21", "HC-22", "HC-24"]
    for key, one in library.henan_conflicts.items():
        clause = one.basis.cited[0]
        assert (clause.statute, clause.article) == ("河南监察条例", int(key[3:]))
        assert "《中华人民共和国行政处罚法》第十二条第二款" in one.basis.articles
    edit(office, CONFLICTS, "enabled = false", "enabled = true")
    message = refusal(office, "henan_conflicts")
    assert message == f"{CONFLICTS} 第 9 行 HC-19：与上位法不一致的条款只作提示，不能启用"


def test_there_is_one_rung_of_the_ladder_for_each_way_of_service(library: Library) -> None:
    assert list(library.service_rules) == [one.value for one in ServiceMethod]
    assert [one.order for one in library.service_rules.values()] == list(range(1, 8))


def test_each_way_of_service_has_its_proof(library: Library) -> None:
    proofs = {key: one.proofs for key, one in library.service_rules.items()}
    assert proofs == {
        "direct": (("receiver",),),
        "leaving": (("witness", "video"),),
        "electronic": (("consent",),),
        "post": (("waybill", "receipt"),),
        "entrusted": (("entrustment",),),
        "publication": (("reason",), ("history",)),
        "posting": (("video",),),
    }
    used = {code for groups in proofs.values() for group in groups for code in group}
    assert used == library.proof_kinds.keys()


def test_only_publication_waits_and_only_orders_to_pay_are_posted(library: Library) -> None:
    rules = library.service_rules
    assert {key: one.term for key, one in rules.items() if one.term} == {"publication": "D16"}
    limited = {key: one.only_kinds for key, one in rules.items() if one.only_kinds}
    assert limited == {"posting": ("rectification_order", "handling_decision")}
    assert rules["posting"].basis.articles == (
        "《最高人民法院关于审理拒不支付劳动报酬刑事案件适用法律若干问题的解释》第四条第二款",
    )
    assert "第六十一条第二款" in rules["electronic"].basis.articles[0]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('proofs = ["receiver"]', 'proofs = ["receivers"]', "“receivers”不是送达凭据"),
        ('method = "post"', 'method = "pigeon"', "“method”写的是“pigeon”"),
        ('method = "post"', 'method = "direct"', "每种送达方式应恰有一条，缺少：邮寄送达"),
        ("order = 7", "order = 8", "“order”应从 1 起逐个相连"),
        ('field = "witness"', 'field = "witnesses"', "送达记录没有这一项"),
        ('code = "receipt"', 'code = "waybill"', "“code”重复"),
    ],
)
def test_a_broken_rung_is_told(office: Path, old: str, new: str, sentence: str) -> None:
    edit(office, SERVICE, old, new)
    message = refusal(office, "service_rules")
    assert message.startswith(SERVICE)
    assert sentence in message
    assert len(problems(office, "service")) == 1


def test_a_rung_that_waits_for_a_term_nobody_wrote_is_found(office: Path) -> None:
    edit(office, SERVICE, 'term = "D16"', 'term = "D99"')
    assert [(one.where, one.message) for one in problems(office, "service")] == [
        ("SV-PUBLICATION", "没有编号为“D99”的期限")
    ]
