"""What is delivered: the top level, the wheel with forms and resources, the frozen bundle."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from inspector_app.sync.server.embedded import debian

ROOT = Path(__file__).parent.parent
TOP = {
    "pyproject.toml", "uv.lock", "README.md", "build_installer.spec", "inspector_app", "forms",
    "resources", "tests",
}  # fmt: skip
NOT_KEPT = {"build", "dist", "demo"}  # made by running the program, named in .gitignore


def run(*words: object, cwd: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    """One command that must succeed."""
    env = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"} | more
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_the_top_level_holds_these_and_nothing_else() -> None:
    seen = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert seen - NOT_KEPT == TOP


def test_every_font_travels_with_its_licence() -> None:
    fonts = ROOT / "resources" / "fonts"
    assert list(fonts.glob("*.ttf"))
    assert any((fonts / "LICENCES").iterdir())
    assert (ROOT / "resources" / "icons" / "LICENSE.txt").is_file()
    assert (ROOT / "resources" / "licences" / "MulanPSL-2.0.txt").is_file()


def shipped() -> set[str]:
    """Every package the program runs with on some platform, by the lock."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    packages = {one["name"]: one for one in lock["package"]}
    found, todo = set[str](), ["inspector-app"]
    while todo:
        one = packages[todo.pop()]
        needs = [
            *one.get("dependencies", ()),
            *one.get("optional-dependencies", {}).get("binary", ()),
        ]
        names = {need["name"] for need in needs} - found
        found |= names
        todo += names
    return found


def test_the_notice_names_every_package_the_program_runs_with() -> None:
    notice = (ROOT / "resources" / "licences" / "NOTICE.md").read_text(encoding="utf-8")
    words = re.findall(r"[A-Za-z][A-Za-z0-9._-]*", notice)
    named = {re.sub(r"[-_.]+", "-", word).lower() for word in words}
    assert shipped() - named == set()


def office_files() -> set[str]:
    """Every file of forms/ and resources/ that belongs to the project."""
    return {
        path.relative_to(ROOT).as_posix()
        for folder in ("forms", "resources")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built as a release would."""
    out = tmp_path_factory.mktemp("wheel")
    run(shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv", "build", "--wheel",
        "--out-dir", out, ROOT)  # fmt: skip
    return next(out.glob("*.whl"))


@pytest.mark.long
def test_the_wheel_carries_forms_and_resources(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = set(packed.namelist())
    office = {name.removeprefix("inspector_app/_office/") for name in names if "/_office/" in name}
    assert office == office_files()
    assert not any(name.startswith(("tests/", "forms/", "resources/")) for name in names)
    assert any(name.startswith("inspector_app/ledger/migrations/versions/") for name in names)


@pytest.mark.long
def test_the_installed_wheel_runs_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """The wheel alone, unpacked; libraries come from this environment."""
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "site")
    words = [sys.executable, "-P", "-m", "inspector_app", "demo", "--out", tmp_path / "demo"]
    done = run(*words, "--json", cwd=tmp_path, PYTHONPATH=str(tmp_path / "site"),
               QT_QPA_PLATFORM="offscreen")  # fmt: skip
    summary = json.loads(done.stdout)
    assert summary["papers"]
    assert (tmp_path / "demo" / summary["order"]["file"]).read_bytes().startswith(b"%PDF")


@pytest.mark.long
def test_the_bundle_starts_without_python_and_runs_the_demo(tmp_path: Path) -> None:
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
    run(uv, "run", "--isolated", "--no-default-groups", "--group", "build", "pyinstaller",
        "--noconfirm", "--log-level", "WARN", "--distpath", tmp_path / "dist", "--workpath",
        tmp_path / "build", ROOT / "build_installer.spec")  # fmt: skip
    program = tmp_path / "dist" / "inspector-app" / "inspector-app"
    bare = {"PATH": "", "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": ""}
    done = run(program, "demo", "--out", tmp_path / "demo", "--json", cwd=tmp_path, **bare)
    assert run(program, "--version", cwd=tmp_path, **bare).stdout.strip()
    if debian() is not None:  # the bundle has no PostgreSQL of its own
        words = ("server", "try", "--dir", tmp_path / "try", "--json")
        tried = run(program, *words, cwd=tmp_path, **bare)
        os.kill(json.loads(tried.stdout)["pid"], signal.SIGTERM)
    summary = json.loads(done.stdout)
    assert len(summary["screenshots"]) >= 5
    assert summary["figures"]["owing_fen"] > 0
    for paper in summary["papers"]:
        assert (tmp_path / "demo" / paper["file"]).read_bytes().startswith(b"%PDF")


@pytest.mark.long
def test_both_commands_of_the_readme_work_in_a_fresh_clone(tmp_path: Path) -> None:
    """Just as written there, on the committed state, in a folder where nothing is installed."""
    commands = [
        line
        for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("python3 -m venv .venv")
    ]
    assert len(commands) == 2
    clone = tmp_path / "clone"
    run("git", "clone", "-q", ROOT, clone, cwd=tmp_path)
    path = os.pathsep.join([str(Path(sys.base_prefix) / "bin"), os.environ["PATH"]])
    run("bash", "-c", commands[0], cwd=clone, PATH=path)
    assert (clone / "demo" / "summary.json").is_file()
    told = run("bash", "-c", commands[1], cwd=clone, PATH=path).stdout
    assert " passed" in told.splitlines()[-1]
