"""`paper approve` and `paper verify --code`: between draft and issue, and after it."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from inspector_app import app
from inspector_app.app import make_desk
from inspector_app.domain.claims import Worker
from inspector_app.domain.papers import Paper
from inspector_app.papers.qr import code_text, fingerprint
from tests.cli.conftest import Commands
from tests.helpers.approval import approving
from tests.helpers.pdftext import text_of

Done = Callable[..., Any]
CALL, ORDER = "interview_notice", "rectification_order"
MEETING = {
    "attendee": "演示吴经理", "interview_date": "2026-10-13", "interview_time": "09:30",
    "explain_by": "2026-10-12",
}  # fmt: skip


def a_case(demo: Done) -> str:
    return str(demo("case", "list", "--view", "rectification")["cases"][0]["case_no"])


def test_a_kind_that_needs_no_approval_says_so(demo: Done) -> None:
    (draft,) = demo("paper", "draft", a_case(demo), "interview_notice")["papers"]
    refused = demo("paper", "approve", draft["id"], "--by", "周演示", code=1)
    assert "不需要负责人批准" in refused["error"]["message"]


def test_a_scanned_code_is_verified(demo: Done, tmp_path: Path) -> None:
    (issued, *_) = [
        row for row in demo("paper", "list", "--state", "issued")["papers"] if row["number"]
    ]
    desk = make_desk(tmp_path / "demo-ledger")
    with desk.ledger.read() as view:
        paper = view.get(Paper, issued["id"])
    desk.ledger.close()
    own = fingerprint(paper.kind, paper.form_version, paper.number, paper.issued_on, paper.values)
    verdict = demo("paper", "verify", "--code", code_text(paper.number, own))
    assert (verdict["ok"], verdict["number"]) == (True, paper.number)
    verdict = demo("paper", "verify", "--code", code_text(paper.number, "0" * 64), code=1)
    assert verdict["ok"] is False
    assert demo("paper", "verify", "--code", "别的文字", code=1)["error"]["field"] == "code"


def test_a_file_or_a_code_not_both(command: Commands, tmp_path: Path) -> None:
    assert command("--data", tmp_path, "paper", "verify").code == 2
    assert command("--data", tmp_path, "paper", "verify", "x.pdf", "--code", "x").code == 2


def test_a_leader_approves_on_paper_or_on_screen(
    demo: Done, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(demo)
    demo("settings", "inspector", "周演示", "--certificate", "YS-9001", "--leader")
    library = approving(app.library(), CALL)
    monkeypatch.setattr(app, "library", lambda: library)
    fields = tmp_path / "fields.json"
    fields.write_text(json.dumps(MEETING), encoding="utf-8")
    (draft,) = demo("paper", "draft", case, CALL, "--fields", fields)["papers"]
    assert "须经负责人批准" in demo("paper", "issue", draft["id"], code=1)["error"]["message"]
    given = demo("paper", "approve", draft["id"], "--by", "周演示", "--on", "2026-10-08")
    assert given == {
        "approver": "周演示", "opinion": "同意", "on": "2026-10-08", "way": "paper", "holds": True,
    }  # fmt: skip
    given = demo(
        "paper", "approve", draft["id"], "--by", "周演示", "--on-screen", "--override-why", "无"
    )
    assert given["way"] == "screen"
    assert demo("paper", "issue", draft["id"])["papers"][0]["state"] == "issued"


def test_a_decision_is_published_without_its_people(demo: Done, tmp_path: Path) -> None:
    rows = demo("paper", "list", "--state", "issued")["papers"]
    order = next(row for row in rows if row["kind"] == ORDER)
    out = tmp_path / "public.pdf"
    refused = demo("paper", "publish", order["id"], "--out", out, code=1)
    assert refused["error"]["kind"] == "not_public"
    made = demo("paper", "publish", order["id"], "--any", "--out", out)
    assert made["number"] == order["number"]
    assert made["sha256"] == sha256(out.read_bytes()).hexdigest()
    text = text_of(out)
    assert "公开版" in text
    desk = make_desk(tmp_path / "demo-ledger")
    with desk.ledger.read() as view:
        names = [one.name for one in view.find(Worker, case_id=order["case_id"])]
    desk.ledger.close()
    assert names
    assert not [name for name in names if name in text]


def test_a_blank_paper_takes_no_number(demo: Done, tmp_path: Path) -> None:
    before = [row["number"] for row in demo("paper", "list")["papers"]]
    made = demo("paper", "blank", ORDER, "--out", tmp_path / "blank.pdf")
    assert (made["kind"], made["file"]) == (ORDER, str(tmp_path / "blank.pdf"))
    assert "劳动保障监察限期改正指令书" in text_of(tmp_path / "blank.pdf")
    assert [row["number"] for row in demo("paper", "list")["papers"]] == before
    nowhere = tmp_path / "no" / "blank.pdf"
    assert demo("paper", "blank", ORDER, "--out", nowhere, code=1)["error"]["kind"] == "outside"
