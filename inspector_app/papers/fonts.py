"""Which fonts a paper is set in: the office's own where the PC has them, else the shipped ones."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from inspector_app.errors import OutsideError
from inspector_app.papers.embedding import load


class Role(Enum):
    """What a font is used for on a page (documents.md 2.1)."""

    __hash__ = object.__hash__  # asked for every character of a page; Enum's own is slow

    TITLE = "title"  # 小标宋
    BODY = "body"  # 仿宋
    HEI = "hei"  # 黑体
    KAI = "kai"  # 楷体
    LATIN = "latin"  # 宋体: page numbers, and every character the others lack


# Fonts an office owns, by file name in lower case; never shipped, preferred when present.
OWNED: Mapping[Role, tuple[str, ...]] = {
    Role.TITLE: ("方正小标宋简体.ttf", "fzxbsjw.ttf", "fzxbsjw--gb1-0.ttf", "fzxbsk.ttf"),
    Role.BODY: ("仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "simfang.ttf"),
    Role.HEI: ("simhei.ttf", "黑体.ttf"),
    Role.KAI: ("楷体_gb2312.ttf", "kaiti_gb2312.ttf", "simkai.ttf"),
    Role.LATIN: ("simsun.ttc", "simsun.ttf"),
}
SHIPPED: Mapping[Role, str] = {
    Role.TITLE: "NotoSerifSC-ExtraBold-title.ttf",
    Role.BODY: "JianchaFang-common.ttf",
    Role.HEI: "NotoSansSC-Medium-common.ttf",
    Role.KAI: "JianchaKai-common.ttf",
    Role.LATIN: "NotoSerifSC-Regular.ttf",
}
FALLBACK = "NotoSerifSC-Regular.ttf"  # the one full font: rare names
DRAWN = frozenset("☐☑_＿\u3000")  # set as vectors or as nothing: no font needs them
ABSENT = "〓"  # stands in a preview for a character no font has


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One font file ready to draw with; widths are in thousandths of the size."""

    name: str  # as registered
    postscript: str
    widths: Mapping[int, float]


@dataclass(frozen=True, eq=False)
class FontSet:
    """Per role, the faces to try in turn; the same set gives the same page."""

    chains: Mapping[Role, tuple[Face, ...]]
    _faces: dict[tuple[Role, str], Face | None] = field(default_factory=dict, repr=False)
    _widths: dict[tuple[Role, str], float] = field(default_factory=dict, repr=False)

    @classmethod
    def find(
        cls, fonts_dir: Path, extra_dirs: Sequence[Path] = (), system: bool = True
    ) -> "FontSet":
        """Fonts of `extra_dirs`, then of this PC, then the shipped ones of `fonts_dir`."""
        owned = _files(extra_dirs)
        if system:
            owned = _files(system_dirs()) | owned
        chains = {}
        for role in Role:
            paths = [owned[name] for name in OWNED[role] if name in owned]
            found = (_face(path) for path in (*paths, fonts_dir / SHIPPED[role]))
            chain = [*(face for face in found if face), _face(fonts_dir / FALLBACK)]
            if chain[-1] is None:
                raise OutsideError("程序文件不完整，读不到自带的字体，请重新安装", kind="fonts")
            chains[role] = tuple(dict.fromkeys(face for face in chain if face))
        return cls(chains)

    @classmethod
    def shipped_only(cls, fonts_dir: Path) -> "FontSet":
        """The shipped fonts whatever the PC has: for the demo, for tests and stored pictures."""
        return cls.find(fonts_dir, system=False)

    def face(self, role: Role, char: str) -> Face | None:
        """The first face of the role that has the character."""
        key = (role, char)
        if key not in self._faces:
            code = ord(char)
            chain = self.chains[role]
            self._faces[key] = next((face for face in chain if code in face.widths), None)
        return self._faces[key]

    def width(self, role: Role, char: str) -> float:
        """Advance of a character in em."""
        key = (role, char)
        if key not in self._widths:
            face = None if char in DRAWN else self.face(role, char)
            drawn = 0.5 if char == "_" else 1.0
            self._widths[key] = face.widths[ord(char)] / 1000 if face else drawn
        return self._widths[key]

    def missing(self, text: str) -> list[str]:
        """Characters that no font of any role can print, each once, in the order of the text."""
        skipped = DRAWN | set("\n\r\t")
        return [
            char
            for char in dict.fromkeys(text)
            if char not in skipped and self.face(Role.BODY, char) is None
        ]


def _face(path: Path) -> Face | None:
    font = load(path)
    if font is None:
        return None
    known, usual = font.face.charWidths, font.face.defaultWidth
    widths = {code: float(known.get(code) or usual or 1000) for code in font.face.charToGlyph}
    return _FACES.setdefault(
        font.fontName, Face(font.fontName, font.face.name.decode("ascii", "replace"), widths)
    )


_FACES: dict[str, Face] = {}


def system_dirs() -> tuple[Path, ...]:
    """Where Windows and Linux keep fonts, for everybody and for this user."""
    home = Path.home()
    windows = os.environ.get("WINDIR", "C:/Windows")
    local = os.environ.get("LOCALAPPDATA", str(home / "AppData/Local"))
    return (
        Path(windows) / "Fonts",
        Path(local) / "Microsoft/Windows/Fonts",
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    )


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """Files of the office's fonts by lower-case name; the first folder wins."""
    wanted = {name for names in OWNED.values() for name in names}
    found: dict[str, Path] = {}
    for path in _walk(folders):
        if path.name.lower() in wanted:
            found.setdefault(path.name.lower(), path)
    return found


def _walk(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        for place, inner, names in os.walk(folder):
            inner.sort()
            yield from (Path(place) / name for name in sorted(names))
