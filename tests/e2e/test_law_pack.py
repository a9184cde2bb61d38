"""A bureau accepts an update of the rules: compared first, it rules from the next start on."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from inspector_app.library.office import office_dir

ROOT = Path(__file__).parents[2]


def run(folder: Path, *words: str, day: str = "2026-10-12") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "inspector_app", "--data", str(folder), "--today", day]
    return subprocess.run(
        [*command, "--json", *words], capture_output=True, text=True, cwd=ROOT, check=False
    )


def answer(folder: Path, *words: str, day: str = "2026-10-12") -> dict[str, object]:
    done = run(folder, *words, day=day)
    assert done.returncode == 0, done.stderr + done.stdout
    return dict(json.loads(done.stdout))


def an_update(folder: Path, old: str, new: str) -> Path:
    """The shipped pack with one change, in effect from 1 November."""
    pack = folder / "pack"
    shutil.copytree(office_dir() / "resources" / "law", pack / "law")
    terms = pack / "law" / "terms.toml"
    text = terms.read_text(encoding="utf-8")
    assert text.count(old) == 1
    terms.write_text(text.replace(old, new), encoding="utf-8")
    head = 'version = "2026.11"\neffective_from = 2026-11-01\nnote = "演示"\n'
    (pack / "pack.toml").write_text(head, encoding="utf-8")
    return pack


D05 = 'id = "D05"\nname = "调查完成"\nstart_event = "立案之日"\nlength = 60'


def test_an_accepted_pack_rules_from_its_day_on(tmp_path: Path) -> None:
    data = tmp_path / "ledger"
    case = answer(
        data, "case", "new", "--set", "employer=演示劳务有限公司", "--set", "scope=410402",
        "--set", "received_on=2026-10-09",
    )  # fmt: skip
    answer(data, "case", "step", str(case["id"]), "file")
    pack = an_update(tmp_path, D05, D05.replace("60", "45"))

    shown = answer(data, "law", "pack", "diff", str(pack))
    assert "D05" in json.dumps(shown)
    answer(data, "law", "pack", "accept", str(pack))

    assert answer(data, "law", "show", "D05")["length"] == 60
    assert answer(data, "law", "show", "D05", day="2026-11-02")["length"] == 45
    before = answer(data, "terms", "--rule", "D05", "--date", "2026-10-09")
    after = answer(data, "terms", "--rule", "D05", "--date", "2026-10-09", day="2026-11-02")
    assert before != after


def test_a_pack_that_lost_its_file_is_told_and_the_shipped_rules_stand(tmp_path: Path) -> None:
    data = tmp_path / "ledger"
    pack = an_update(tmp_path, D05, D05.replace("60", "45"))
    answer(data, "law", "pack", "accept", str(pack))
    shutil.rmtree(data / "files")

    done = run(data, "law", "show", "D05", day="2026-11-02")

    assert done.returncode == 0
    assert json.loads(done.stdout)["length"] == 60
    assert "规则包 2026.11 没有启用" in done.stderr


def test_a_broken_pack_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "ledger"
    pack = an_update(tmp_path, D05, D05.replace("60", '"sixty"'))

    done = run(data, "law", "pack", "accept", str(pack))

    assert done.returncode == 1
    message = json.loads(done.stdout)["error"]["message"]
    assert "terms.toml" in message
    assert "行" in message
    assert answer(data, "law", "pack", "list")["packs"] == []
