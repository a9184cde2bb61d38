"""The layers hold: import-linter's contracts, and the stray ways around them."""

import ast
import tomllib
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "inspector_app"
PROGRAM = {"app", "app_window", "app_beats", "__main__"}
OWNERS = {  # by the first library of the contract: who alone may import it
    "PySide6": {"ui", *PROGRAM},
    "sqlalchemy": {"ledger", "sync"},
    "psycopg": {"sync"},
    "argon2": {"vault"},
    "reportlab": {"papers"},
    "docx": {"papers", "library"},
    "pypdf": {"papers"},
    "openpyxl": {"sheets"},
}


def test_every_layer_imports_only_what_lies_below_it() -> None:
    config = str(ROOT / "pyproject.toml")
    assert lint_imports(config_filename=config, no_cache=True) == 0


def test_no_module_is_outside_the_contracts() -> None:
    """A new module beside the layers is refused every library until its owners name it."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    sources = {
        one["forbidden_modules"][0]: {name.split(".")[-1] for name in one["source_modules"]}
        for one in config["tool"]["importlinter"]["contracts"]
        if one["type"] == "forbidden"
    }
    modules = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    modules |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {name: modules - sources[name] for name in OWNERS} == OWNERS


def test_imports_inside_functions_give_their_reason() -> None:
    """An import inside a function is for a slow library only, with the reason beside it."""
    bare = []
    for path in sorted(PACKAGE.rglob("*.py")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            for child in ast.walk(node):
                if isinstance(child, ast.Import | ast.ImportFrom):
                    near = lines[max(0, child.lineno - 3) : child.lineno]
                    if not any("#" in line for line in near):
                        bare.append(f"{path.relative_to(ROOT)}:{child.lineno}")
    assert bare == []


def test_nothing_is_imported_relatively() -> None:
    relative = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert relative == []
