"""Rule packs made of the shipped rules, to be changed by a test."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

from inspector_app.library.office import office_dir

EFFECTIVE = date(2027, 1, 1)
HEAD_TEXT = 'version = "2027.1"\neffective_from = 2027-01-01\nnote = "演示更新"\n'


def a_pack_folder(folder: Path, head: str = HEAD_TEXT) -> Path:
    """The shipped rules as a pack that takes effect on 2027-01-01."""
    shutil.copytree(office_dir() / "resources/law", folder / "law")
    (folder / "law/pack.toml").unlink(missing_ok=True)
    (folder / "pack.toml").write_text(head, encoding="utf-8")
    return folder


def edited(folder: Path, file: str, old: str, new: str) -> Path:
    """Replace the first occurrence in a rule file; one that is not there is a mistake."""
    path = folder / "law" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder


def zipped(folder: Path, target: Path, around: str = "") -> Path:
    """The folder as a zip, inside a folder of that name when one is given."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                package.write(path, f"{around}/{name}" if around else name)
    return target
