"""House style that ruff and mypy do not hold: sizes, docstrings, Qt rules, reasons, paths."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "inspector_app"
SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
MOST_FILE_LINES, AIMED_FILE_LINES = 400, 300
MOST_FUNCTION_LINES, AIMED_FUNCTION_LINES = 60, 40
TEXT_ENDINGS = {".py", ".toml", ".md", ".json", ".csv", ".spec", ".html", ".svg", ".txt", ".qss"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def in_folder(path: Path, *folders: str) -> bool:
    return any(name_of(path).startswith(f"inspector_app/{folder}") for folder in folders)


def functions(path: Path) -> Iterator[Function]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def function_lines(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def found(pattern: str, paths: list[Path]) -> list[str]:
    """ "file:line text" of every line the pattern matches."""
    mark = re.compile(pattern)
    return [
        f"{name_of(path)}:{number} {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]


def test_no_file_is_longer_than_400_lines() -> None:
    long = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in SOURCES + TESTS}
    assert {name: lines for name, lines in long.items() if lines > MOST_FILE_LINES} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{name_of(path)}:{node.lineno} {node.name} has {function_lines(node)} lines"
        for path in SOURCES + TESTS
        for node in functions(path)
        if function_lines(node) > MOST_FUNCTION_LINES
    ]
    assert long == []


def test_what_is_longer_than_aimed_at_stays_rare() -> None:
    files = [
        path for path in SOURCES if len(path.read_text("utf-8").splitlines()) > AIMED_FILE_LINES
    ]
    nodes = [(path, node) for path in SOURCES for node in functions(path)]
    long = [(path, node) for path, node in nodes if function_lines(node) > AIMED_FUNCTION_LINES]
    assert len(files) <= len(SOURCES) // 20, [name_of(path) for path in files]
    assert len(long) <= len(nodes) // 50, [f"{name_of(path)} {node.name}" for path, node in long]


@pytest.mark.parametrize("path", [path for path in SOURCES if path.stat().st_size], ids=name_of)
def test_every_module_opens_with_a_sentence(path: Path) -> None:
    opening = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert opening, "what is this module for?"
    assert opening.split("\n\n")[0].rstrip().endswith((".", "`", "…", "。", ")", "?", ":"))


def test_no_signal_carries_a_32_bit_integer() -> None:
    """PySide6 cuts Signal(int) to 32 bits: an amount in fen would arrive wrong, silently."""
    assert found(r"\bSignal\([^)]*\bint\b", SOURCES) == []


def test_only_commands_write_to_the_terminal() -> None:
    others = [path for path in SOURCES if not in_folder(path, "cli", "__main__")]
    assert found(r"(?<![\w.])print\(|click\.echo|sys\.std(out|err)\.write", others) == []


def test_colours_sizes_and_fonts_stand_in_the_theme_only() -> None:
    pages = [path for path in SOURCES if in_folder(path, "ui") and not in_folder(path, "ui/theme")]
    assert found(r"[\"']#[0-9a-fA-F]{3,8}[\"']", pages) == []
    assert found(r"\b\d+(\.\d+)?p[xt]\b", pages) == []
    assert found(r"\bQFont\([\"']|setFamil(y|ies)\(|setPixelSize\(\d|setPointSize", pages) == []


def test_actions_and_shortcuts_are_made_in_one_place() -> None:
    pages = [path for path in SOURCES if in_folder(path, "ui")]
    others = [path for path in pages if name_of(path) != "inspector_app/ui/actions.py"]
    assert found(r"\bQ(Action|Shortcut)\(", others) == []


def test_every_exception_from_a_check_has_its_reason_on_the_line() -> None:
    marks = r"# (type: ignore(\[[\w\-, ]+\])?|noqa(: [A-Z0-9, ]+)?|pragma: no cover)"
    bare = re.compile(rf"{marks}\s*$")
    lines = found(marks, [path for path in SOURCES + TESTS if path != Path(__file__)])
    assert [line for line in lines if bare.search(line)] == []


def test_no_file_names_a_place_of_one_machine() -> None:
    places = r"(?<![\w.])/(home|root|Users|work)/\w|[A-Z]:\\\\Users"
    texts = [
        path
        for folder in ("inspector_app", "forms", "resources", "tests", ".ci")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in TEXT_ENDINGS and path != Path(__file__)
    ]
    texts += [ROOT / "README.md", ROOT / "pyproject.toml", ROOT / "build_installer.spec"]
    assert found(places, texts) == []


def test_no_text_on_screen_shouts_or_greets() -> None:
    assert found(r"您好|[\u4e00-\u9fff]！", SOURCES) == []
