"""`paper register`, `paper services`, `paper missing`: the registers of the demonstration day."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl

Done = Callable[..., Any]


def test_the_register_says_who_was_served_how_and_when(demo: Done) -> None:
    rows = demo("paper", "register")["papers"]
    served = [row for row in rows if row["served_on"]]
    assert served
    assert {"number", "title", "case_no", "party", "issued_on", "signer", "method", "deadline",
            "performance", "voided", "state"} <= set(rows[0])  # fmt: skip
    one = served[0]
    assert [row["id"] for row in demo("paper", "register", "--party", one["party"][:4])["papers"]]
    mine = demo("paper", "register", "--case", one["case_no"], "--kind", one["kind"])["papers"]
    assert one["id"] in [row["id"] for row in mine]
    assert demo("paper", "register", "--state", "void")["papers"] == []
    assert demo("paper", "register", "--since", "2030-01-01")["papers"] == []
    wrong = demo("paper", "register", "--kind", "love_letter", code=1)
    assert wrong["error"]["field"] == "kind"


def test_services_and_what_is_missing_are_listed(demo: Done) -> None:
    services = demo("paper", "services")["services"]
    assert services
    assert services[0]["papers"]
    missing = demo("paper", "missing")["missing"]
    waiting = demo("paper", "register", "--unserved")["papers"]
    unserved = [row["number"] for row in missing if row["lacks"] == "unserved"]
    assert sorted(unserved) == sorted(row["number"] for row in waiting)


def test_each_is_written_as_a_workbook(demo: Done, tmp_path: Path) -> None:
    for verb, title in (("register", "文书登记台账"), ("services", "送达登记台账")):
        out = tmp_path / f"{verb}.xlsx"
        made = demo("paper", verb, "--out", out, "--masked")
        assert made["rows"] >= 1
        assert made["sha256"] == sha256(out.read_bytes()).hexdigest()
        first = openpyxl.load_workbook(out).worksheets[0]
        assert str(first["A1"].value).startswith(title)
    empty = demo("paper", "register", "--party", "没有", "--out", tmp_path / "x.xlsx", code=1)
    assert empty["error"]["kind"] == "empty"
