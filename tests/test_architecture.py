"""The layers hold: import-linter's contracts, and the stray ways around them."""

import ast
from pathlib import Path

from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "inspector_app"


def test_every_layer_imports_only_what_lies_below_it() -> None:
    config = str(ROOT / "pyproject.toml")
    assert lint_imports(config_filename=config, no_cache=True) == 0


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
