"""Reads finished PDFs back with the tools any office has: pdftotext, pdffonts, pdftoppm."""

import re
import subprocess
from dataclasses import dataclass
from html import unescape

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>',
    re.DOTALL,
)


@dataclass(frozen=True)
class Word:
    """A run of text with its box, in points from the upper left corner of the page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def run(tool: str, pdf: bytes, *options: str) -> bytes:
    """What a poppler tool says about a PDF."""
    done = subprocess.run([tool, *options], input=pdf, capture_output=True, check=True)
    return done.stdout


def text_of(pdf: bytes) -> str:
    """The text as it is copied, without line ends and blanks."""
    return re.sub(r"\s", "", run("pdftotext", pdf, "-", "-").decode())


def words(pdf: bytes) -> list[Word]:
    """Every run of text with its place."""
    shown = run("pdftotext", pdf, "-bbox", "-", "-").decode()
    found = []
    for number, page in enumerate(PAGE.finditer(shown), 1):
        for match in WORD.finditer(page[3]):
            left, top, right, bottom = (float(match[group]) for group in (1, 2, 3, 4))
            found.append(Word(number, left, top, right, bottom, unescape(match[5])))
    return found


def picture(pdf: bytes, page: int) -> bytes:
    """One page as PNG at 60 dpi."""
    return run("pdftoppm", pdf, "-r", "60", "-png", "-f", str(page), "-l", str(page), "-")
