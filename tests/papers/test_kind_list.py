"""The papers a bureau makes, written out: a case from report to file, the seven of a check."""

from collections.abc import Mapping

import pytest

from inspector_app.domain.papers import PaperKind
from inspector_app.library.loading import load_library
from inspector_app.library.office import office_dir

KINDS = {
    "1.1": {
        "intake_form": "举报投诉登记表",
    },
    "1.2": {
        "rejection_notice": "不予受理告知书",
        "supplement_notice": "补正告知书",
        "referral_letter": "转送函",
    },
    "1.3": {
        "filing_approval": "立案审批表",
    },
    "1.4": {
        "inquiry_notice": "调查询问通知书",
    },
    "1.5": {
        "inquiry_record": "调查询问笔录",
    },
    "1.6": {
        "inspection_record": "现场检查笔录",
    },
    "1.7": {
        "preservation_notice": "先行登记保存通知书",
        "preservation_list": "先行登记保存清单",
        "preservation_decision": "先行登记保存处理决定书",
    },
    "1.8": {
        "rectification_order": "限期改正指令书",
    },
    "1.9": {
        "interview_notice": "约谈通知书",
        "interview_record": "约谈记录",
    },
    "1.10": {
        "penalty_notice": "行政处罚事先告知书",
        "handling_notice": "行政处理事先告知书",
    },
    "1.11": {
        "statement_record": "陈述申辩笔录",
        "statement_waiver": "放弃陈述申辩、听证声明",
    },
    "1.12": {
        "hearing_notice": "听证通知书",
        "hearing_record": "听证笔录",
    },
    "1.13": {
        "handling_approval": "案件处理报批表",
        "investigation_report": "案件调查终结报告",
        "legal_review_opinion": "法制审核意见书",
        "discussion_record": "集体讨论记录",
    },
    "1.14": {
        "handling_decision": "行政处理决定书",
    },
    "1.15": {
        "penalty_decision": "行政处罚决定书",
        "summary_penalty_decision": "当场行政处罚决定书",
    },
    "1.16": {
        "no_penalty_decision": "不予行政处罚决定书",
        "withdrawal_approval": "撤销立案审批表",
    },
    "1.17": {
        "proof_of_service": "送达回证",
        "service_address": "送达地址确认书",
        "publication_notice": "送达公告",
    },
    "1.18": {
        "extension_approval": "延长办案期限审批表",
    },
    "1.19": {
        "demand_letter": "履行行政决定催告书",
    },
    "1.20": {
        "enforcement_application": "强制执行申请书",
    },
    "1.21": {
        "crime_transfer_approval": "涉嫌犯罪案件移送审批表",
        "crime_transfer_letter": "涉嫌犯罪案件移送书",
    },
    "1.22": {
        "transfer_letter": "案件移送函",
        "supervision_letter": "督办函",
    },
    "1.23": {
        "deposit_payment_notice": "农民工工资保证金支付通知书",
        "deposit_top_up_notice": "工资保证金补足通知书",
    },
    "1.24": {
        "fund_advance_approval": "应急周转金垫付审批表",
    },
    "1.25": {
        "list_notice": "拟列入失信联合惩戒名单告知书",
        "list_decision": "列入失信联合惩戒名单决定书",
        "announcement_approval": "重大违法行为社会公布审批表",
    },
    "1.26": {
        "closing_approval": "结案审批表",
    },
    "1.27": {
        "file_cover": "案卷封面",
        "file_contents": "卷内目录",
        "file_note": "备考表",
    },
    "1.28": {
        "correction_report": "整改情况报告",
        "recheck_record": "复查记录",
    },
    "行政检查": {
        "check_approval": "行政检查审批表",
        "check_notice": "行政检查通知书",
        "check_record": "现场检查笔录（行政检查）",
        "check_inquiry_record": "行政检查询问笔录",
        "survey_record": "勘验笔录",
        "sampling_record": "抽样取证记录",
        "check_feedback": "行政检查结果告知书",
    },
}
LISTED = [(section, kind, title) for section in KINDS for kind, title in KINDS[section].items()]
CHECK = "行政检查"


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, PaperKind]:
    return load_library(office_dir()).kinds


@pytest.mark.parametrize(("section", "kind", "title"), LISTED)
def test_a_paper_that_is_listed_is_there_under_its_name(
    shipped: Mapping[str, PaperKind], section: str, kind: str, title: str
) -> None:
    assert kind in shipped, f"{section} {title}"
    assert shipped[kind].title == title


def test_no_paper_is_there_that_is_not_listed(shipped: Mapping[str, PaperKind]) -> None:
    assert sorted(shipped) == sorted(kind for _section, kind, _title in LISTED)


def test_every_section_has_its_papers_and_a_check_has_seven() -> None:
    assert list(KINDS) == [*(f"1.{number}" for number in range(1, 29)), CHECK]
    assert all(KINDS.values())
    assert len(KINDS[CHECK]) == 7
