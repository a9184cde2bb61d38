"""`law show` and `law list`: any row of the rule pack, with what it stands on."""

import pytest

from tests.cli.conftest import Commands

STANDING = {
    "articles", "text_level", "force_level", "effective_from", "effective_to", "note",
    "level_words",
}  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "kind", "name"),
    [
        ("D05", "term", "调查完成"),
        ("gz-05", "violation", "未按规定开设农民工工资专用账户"),
        ("TH-HEARING-UNIT", "figure", "告知听证的罚款数额（法人、其他组织）"),
        ("DP-BASE", "figure", "工资保证金比例（全国，占合同额）"),
        ("MW-2025-1", "minimum_wage", "河南最低工资（第1类）"),
        ("LB-11", "liability", "工程：建设单位没有按约拨款导致欠薪"),
        ("RM-SUMMARY", "remedy", "当场处罚决定"),
        ("sv-posting", "service", "张贴送达"),
        ("HC-24", "conflict", "阻挠监察、拒不改正、打击报复的罚款"),
        ("T54", "trigger", "责令限期改正（单位和责任人罚款）"),
        ("E13", "evidence", "文书和履行材料"),
        ("direct_hire", "situation_fact", "用人单位直接招用劳动者而欠薪"),
        ("waybill", "proof_kind", "邮寄单号"),
        ("工资条例", "statute", "保障农民工工资支付条例"),
        ("《劳动保障监察条例》", "statute", "劳动保障监察条例"),
    ],
)
def test_any_row_is_found_by_its_id_or_name(
    command: Commands, asked: str, kind: str, name: str
) -> None:
    ran = command("law", "show", asked, "--json")
    assert ran.code == 0, ran.err
    assert (ran.json["kind"], ran.json["name"]) == (kind, name)
    assert set(ran.json) >= STANDING | {"id"}
    told = command("law", "show", asked)
    assert told.out.startswith(f"{ran.json['id']} {name}（")


def test_a_figure_is_shown_in_fen_and_in_words_with_its_levels(command: Commands) -> None:
    row = command("law", "show", "TH-HEARING-UNIT", "--json").json
    assert (row["low"], row["unit"], row["said"]) == (5_000_000, "fen", "5万元以上")
    assert row["articles"][0] == "《河南省行政处罚听证办法》第四条"
    assert (row["text_level"], row["force_level"]) == ("excerpt", "unchecked")
    assert row["level_words"] == "逐条节选 · 现行性待核"
    assert (row["effective_from"], row["effective_to"]) == ("2021-12-01", None)
    assert "basis" not in row


def test_a_day_nobody_saw_is_null(command: Commands) -> None:
    row = command("law", "show", "诚信评价办法", "--json").json
    assert row["effective_from"] is None
    assert "施行：" not in command("law", "show", "诚信评价办法").out


def test_what_a_row_refers_to_is_named_on_screen(command: Commands) -> None:
    act = command("law", "show", "GZ-05").out
    assert "单位罚款：50,000.00 元至 100,000.00 元（每案）" in act
    assert "证据：专用账户材料；工程和经营材料" in act
    assert "停工：是" in act
    wages = command("law", "show", "WG-01").out
    assert "按倍数：应付金额（加付给劳动者的赔偿金，逾期不支付时）的 50% 至 100%" in wages
    leaving = command("law", "show", "SV-LEAVING").out
    assert "凭据：见证人（基层组织或者所在单位的代表） 或者 照片、录像" in leaving
    assert "月标准：2,350.00 元" in command("law", "show", "MW-2025-1").out
    assert "施行：2024-01-01 至 2025-11-30" in command("law", "show", "MW-2024-1").out
    assert "复议期限：申请行政复议" in command("law", "show", "RM-PENALTY").out


def test_a_row_that_is_not_there_is_told(command: Commands) -> None:
    ran = command("law", "show", "TH-NOTHING", "--json")
    assert (ran.code, ran.json["error"]["field"]) == (1, "rule")


def test_the_pack_is_listed_by_kind_and_by_words(command: Commands) -> None:
    everything = command("law", "list", "--json").json
    assert everything["total"] == len(everything["rows"]) > 300
    acts = command("law", "list", "--kind", "violation", "--json").json["rows"]
    assert len(acts) == 89
    assert set(acts[0]) == STANDING | {"id", "kind", "name"}
    hearing = command("law", "list", "--kind", "figure", "--text", "听证", "--json").json["rows"]
    assert [row["id"] for row in hearing] == [
        "TH-HEARING-PERSON", "TH-HEARING-UNIT", "TH-HEARING-SEIZE-PERSON", "TH-HEARING-SEIZE-UNIT",
    ]  # fmt: skip
    cited = command("law", "list", "--text", "第五十五条第（二）项", "--json").json["rows"]
    assert "GZ-07" in [row["id"] for row in cited]
    assert command("law", "list", "--text", "没有这样的字", "--json").json["total"] == 0


def test_the_list_says_figures_and_levels_in_words(command: Commands) -> None:
    out = command("law", "list", "--kind", "figure", "--text", "DP-FLOOR").out
    assert out == "DP-FLOOR 多个工程下浮后的最低比例：0.5%以上（逐条节选 · 现行性待核）\n"
    assert command("law", "list", "--kind", "proof_kind").out.startswith("receiver 签收人\n")


def test_a_kind_nobody_knows_is_wrong_usage(command: Commands) -> None:
    assert command("law", "list", "--kind", "rumour").code == 2
