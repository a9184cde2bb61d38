"""The README says what the program does: its keys, verbs, folders, pictures and links exist."""

import re
from pathlib import Path

import click

from inspector_app.cli.commands import MODULES, program
from inspector_app.ui.action_list import ACTIONS
from inspector_app.ui.missing import apt_line

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def table(heading: str) -> list[list[str]]:
    """Cells of the first table below a heading, without its head."""
    part = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_every_key_named_does_what_is_said() -> None:
    titles = {spec.keys: spec.title for spec in ACTIONS}
    for cells in table("键盘"):
        for keys, words in zip(cells[::2], cells[1::2], strict=True):
            if keys == "Alt+1 … Alt+9":
                assert {f"Alt+{number}" for number in range(1, 10)} <= set(titles)
            else:
                assert words.startswith(titles[keys]), f"{keys}: {titles.get(keys)}"


def test_every_verb_is_named_and_every_name_is_a_verb() -> None:
    named = " ".join(cells[0] for cells in table("命令行"))
    for verb in MODULES:
        assert re.search(rf"`[^`]*\b{verb}\b", named), verb
    context = click.Context(program)
    for group, verbs in re.findall(r"`(\w+) ([a-z]+(?:/[a-z]+)+)`", named):
        command = program.get_command(context, group)
        assert isinstance(command, click.Group)
        assert set(verbs.split("/")) <= set(command.commands)


def test_every_folder_named_exists() -> None:
    for cells in table("程序怎么搭成"):
        for place in re.findall(r"`([\w/.]+)`", cells[0]):
            assert (ROOT / place).exists() or (ROOT / "inspector_app" / place).exists(), place


def test_pictures_and_apt_line_are_the_real_ones() -> None:
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", TEXT):
        assert (ROOT / picture).is_file(), picture
    assert apt_line() in TEXT
