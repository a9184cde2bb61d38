"""Makes the shipped fonts from the packages they come from; run by hand, never at run time.

    mkdir sources && cd sources
    python3 -m venv venv && venv/bin/pip install "fonttools>=4.58,<5"
    npm pack @expo-google-fonts/noto-serif-sc@0.4.3 @expo-google-fonts/noto-sans-sc@0.4.3
    apt-get download fonts-lxgw-wenkai=1.250+repack-1 texlive-lang-chinese=2022.20230122-1
    for f in *.tgz; do mkdir -p "${f%-0.4.3.tgz}" && tar xzf "$f" -C "${f%-0.4.3.tgz}"; done
    for f in *.deb; do dpkg-deb -x "$f" debian; done
    venv/bin/python ../make_subsets.py . ..

What becomes of each file, and why, stands in FONTS below and in LICENCES/README.md.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).parent
SERIF = "expo-google-fonts-noto-serif-sc/package/{0}/NotoSerifSC_{0}.ttf"
SANS = "expo-google-fonts-noto-sans-sc/package/{0}/NotoSansSC_{0}.ttf"
KAI = "debian/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
FANG = "debian/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
# Reading tables a page or a window never needs; the glyphs themselves stay as they are.
DROPPED = ["GPOS", "GSUB", "GDEF", "BASE", "VORG", "vhea", "vmtx", "DSIG", "STAT", "meta"]
CURVE_ERROR = 2.0  # of 1000 units: cubic outlines as quadratic ones, 0.02 mm at 16 pt


@dataclass(frozen=True)
class Made:
    """One shipped file: where it comes from, which characters it keeps, how it is named."""

    target: str
    source: str
    characters: str  # all, common (GB 2312 + 8105 + symbols), title (GB 2312 + symbols)
    family: str = ""  # a new name where the licence or honesty asks for one


FONTS = (
    Made("NotoSerifSC-Regular.ttf", SERIF.format("400Regular"), "all"),
    Made("NotoSerifSC-ExtraBold-title.ttf", SERIF.format("800ExtraBold"), "title"),
    Made("NotoSansSC-Regular-common.ttf", SANS.format("400Regular"), "common"),
    Made("NotoSansSC-Medium-common.ttf", SANS.format("500Medium"), "common"),
    Made("NotoSansSC-SemiBold-common.ttf", SANS.format("600SemiBold"), "common"),
    Made("JianchaKai-common.ttf", KAI, "common", "Jiancha Kai"),
    Made("JianchaFang-common.ttf", FANG, "common", "Jiancha Fang"),
)


def gb2312() -> set[int]:
    """Every character of GB 2312: 6763 hanzi and the symbols of its first nine rows."""
    found: set[int] = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.update(map(ord, bytes((row, cell)).decode("gb2312", "ignore")))
    return found


def tonggui() -> set[int]:
    """The 8105 characters of 通用规范汉字表."""
    lines = (HERE / "tonggui_8105.txt").read_text(encoding="utf-8").splitlines()
    return set(map(ord, "".join(line for line in lines if not line.startswith("#"))))


def symbols() -> set[int]:
    """Latin, punctuation, units, circled numbers, arrows and boxes that papers use."""
    ranges: Iterable[tuple[int, int]] = (
        (0x20, 0x7F), (0xA0, 0x100), (0x2010, 0x2040), (0x2100, 0x2150), (0x2160, 0x2180),
        (0x2190, 0x219A), (0x2200, 0x2270), (0x2460, 0x2500), (0x2500, 0x2600), (0x2600, 0x2660),
        (0x3000, 0x3040), (0x3200, 0x3400), (0xFE30, 0xFE50), (0xFF00, 0xFFF0),
    )  # fmt: skip
    return {code for first, end in ranges for code in range(first, end)}


def wanted(name: str, font: TTFont) -> set[int]:
    """The characters a file keeps."""
    if name == "all":
        return set(font.getBestCmap())
    kept = gb2312() | symbols()
    return kept | tonggui() if name == "common" else kept


def to_truetype(font: TTFont) -> None:
    """Turns CFF outlines into glyf ones: the page engine embeds only TrueType."""
    order, glyphs = font.getGlyphOrder(), font.getGlyphSet()
    drawn = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, drawn
    font.recalcBBoxes = True  # also fills maxp
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in ("Zones", "TwilightPoints", "Storage", "FunctionDefs", "StackElements",
                 "InstructionDefs", "SizeOfInstructions", "ComponentElements"):  # fmt: skip
        setattr(maxp, f"max{name}", 1 if name == "Zones" else 0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    del font["CFF "]
    font.sfntVersion = "\000\001\000\000"


def rename(font: TTFont, family: str) -> None:
    """Takes away reserved names; copyright and licence lines stay, the change is told."""
    name = font["name"]
    name.names = [n for n in name.names if n.nameID in (0, 13, 14)]
    postscript = family.replace(" ", "") + "-Regular"
    told = f"{family}: subset and renamed, made by resources/fonts/make_subsets.py"
    for number, text in ((1, family), (2, "Regular"), (3, postscript), (4, family),
                         (5, "Version 1.000"), (6, postscript), (10, told)):  # fmt: skip
        name.setName(text, number, 3, 1, 0x409)


def make(one: Made, sources: Path, target: Path) -> int:
    """Writes one shipped file and returns its size."""
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, name_IDs=["*"], glyph_names=False,
        drop_tables=DROPPED,
    )  # fmt: skip
    font = subset.load_font(str(sources / one.source), options, dontLoadGlyphNames=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=wanted(one.characters, font))
    worker.subset(font)
    if "CFF " in font:
        to_truetype(font)
    if one.family:
        rename(font, one.family)
    font["head"].modified = font["head"].created  # the same input gives the same bytes
    font.recalcTimestamp = False
    font.save(target / one.target)
    return (target / one.target).stat().st_size


if __name__ == "__main__":
    for each in FONTS:
        size = make(each, Path(sys.argv[1]), Path(sys.argv[2]))
        sys.stdout.write(f"{each.target} {size:,}\n")
