"""The line of a key in a data file, so that an error can be found."""

import tomllib
from pathlib import Path

import pytest

from inspector_app.library.office import office_dir
from inspector_app.library.places import Place, line_of

TEXT = '''# [[rule]] in a comment
top = 1

[[rule]]
id = "a"   # first
note = """
id = "not a key"
[[rule]]
"""
list = [
  "x = 1",
  "[[rule]]",
]

[rule.more]
deep.er = { a = 1, "b c" = 2 }

[[rule]]
id = 'b]['
[[rule.part]]
"quoted name" = 1
[[rule.part]]
code = "p2"
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 0),
        (("top",), 2),
        (("rule", 0), 4),
        (("rule",), 4),
        (("rule", 0, "id"), 5),
        (("rule", 0, "note"), 6),
        (("rule", 0, "list"), 10),
        (("rule", 0, "more"), 15),
        (("rule", 0, "more", "deep", "er"), 16),
        (("rule", 0, "more", "deep", "er", "a"), 16),
        (("rule", 1), 18),
        (("rule", 1, "id"), 19),
        (("rule", 1, "part", 0, "quoted name"), 21),
        (("rule", 1, "part", 1, "code"), 23),
        (("rule", 1, "missing"), 18),
        (("nowhere", 3), 0),
    ],
)
def test_each_key_has_its_line(place: Place, line: int) -> None:
    tomllib.loads(TEXT)  # what is tested is TOML
    assert line_of(TEXT, place) == line


def test_a_file_without_a_last_line_break_counts_its_last_line() -> None:
    assert line_of("a = 1\nb = 2", ("b",)) == 2
    assert line_of("", ("b",)) == 0


def test_every_row_of_the_shipped_pack_is_found_where_it_stands() -> None:
    checked = 0
    for path in sorted((office_dir() / "resources/law").rglob("*.toml")):
        text = Path(path).read_text(encoding="utf-8")
        lines = text.splitlines()
        for name, rows in tomllib.loads(text).items():
            for number, row in enumerate(rows if isinstance(rows, list) else ()):
                assert lines[line_of(text, (name, number)) - 1] == f"[[{name}]]", path.name
                for key in row:
                    line = lines[line_of(text, (name, number, key)) - 1]
                    assert line.startswith((key, f"[{name}.{key}", f"[[{name}.{key}")), (path, line)
                    checked += 1
    assert checked > 1000
