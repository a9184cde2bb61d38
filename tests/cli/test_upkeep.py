"""`check`, `backup`, `restore`: the ledger is whole, and can be brought back whole."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from tests.cli.conftest import Commands

Done = Callable[..., Any]


def test_a_ledger_in_order_has_no_problems(done: Done) -> None:
    done("case", "new", "--set", "employer=演示青禾建筑劳务有限公司")
    assert done("check") == {"ok": True, "problems": []}


def test_a_file_that_was_changed_on_disk_is_found(done: Done, at: Commands, tmp_path: Path) -> None:
    proof = tmp_path / "证据.txt"
    proof.write_text("演示数据", encoding="utf-8")
    done("case", "new", "--set", "employer=演示青禾建筑劳务有限公司")
    case = done("case", "list")["cases"][0]
    stored = _inspect_with_evidence(done, tmp_path, proof, case["employer"])
    stored.chmod(0o600)
    stored.write_text("改过", encoding="utf-8")
    ran = at("check")
    assert ran.code == 1
    assert ran.json["ok"] is False
    assert ran.json["error"]["kind"] == "problems"
    assert all(set(one) == {"kind", "where", "message"} for one in ran.json["problems"])


def _inspect_with_evidence(done: Done, folder: Path, proof: Path, employer: str) -> Path:
    for name, number in (("演示李明", "YS-1"), ("演示赵强", "YS-2")):
        done("settings", "inspector", name, "--certificate", number)
    answers = folder / "answers.json"
    answers.write_text(
        '{"inspectors": ["演示李明", "演示赵强"], "answers":'
        f' {{"E01": {{"answer": "no", "note": "没有", "evidence": ["{proof.name}"]}}}}}}',
        encoding="utf-8",
    )
    done("inspect", "--checklist", "employer", "--employer", employer, "--answers", answers)
    digest = sha256(proof.read_bytes()).hexdigest()
    (stored,) = (folder / "data" / "files").rglob(f"*{digest[2:]}*")
    return stored


def test_a_backup_is_restored_into_an_empty_folder(
    done: Done, command: Commands, tmp_path: Path
) -> None:
    number = done("case", "new", "--set", "employer=演示青禾建筑劳务有限公司")["case_no"]
    made = done("backup", "--out", tmp_path / "backup.zip")
    assert sha256(Path(made["file"]).read_bytes()).hexdigest() == made["sha256"]
    there = ("--data", tmp_path / "new", "--json")
    restored = command("restore", made["file"], *there)
    assert Path(restored.json["file"]).is_file()
    assert command("case", "show", number, *there).json["case_no"] == number
    assert command("restore", made["file"], *there).json["error"]["kind"] == "exists"


def test_a_backup_lands_beside_the_ledger_by_itself(done: Done, tmp_path: Path) -> None:
    made = Path(done("backup")["file"])
    assert made.parent == tmp_path / "data" / "backup"


def test_a_ledger_behind_what_was_stored_is_told_until_it_is_known(
    done: Done, at: Commands, command: Commands, tmp_path: Path
) -> None:
    """An older file in place of the ledger stands for a log that was cut; restoring is no loss."""
    done("case", "new", "--set", "employer=演示青禾建筑劳务有限公司")
    made, ledger = done("backup", "--out", tmp_path / "copy.zip"), tmp_path / "data" / "ledger.db"
    older = ledger.read_bytes()
    done("case", "new", "--set", "employer=演示安泽物业有限公司")
    newest = {path: path.read_bytes() for path in ledger.parent.glob("ledger.db*")}
    ledger.write_bytes(older)
    assert "少了最后" in at("case", "list").err
    (problem,) = at("check").json["problems"]
    assert (problem["kind"], problem["where"]) == ("lost", "第 2 步起")
    assert str(ledger.parent / "backup") in problem["message"]
    assert at("check", "--known").code == 0
    assert "少了" not in at("case", "list").err

    for path, data in newest.items():
        path.write_bytes(data)
    ledger.replace(ledger.with_name("ledger.db-wal"))  # what is left of it is mixed in nowhere
    assert command("restore", made["file"], "--data", ledger.parent, "--json").code == 0
    assert at("check").json == {"ok": True, "problems": []}
