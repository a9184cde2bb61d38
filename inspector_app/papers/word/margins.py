"""Headers and footers of a Word document: page numbers, signature lines, 副本 and 演示数据."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from inspector_app.domain.papers import Layout
from inspector_app.papers.context import PaperContext
from inspector_app.papers.fonts import Role
from inspector_app.papers.furniture import FOOT_PITCH, NUMBER_SIZE
from inspector_app.papers.geometry import BOTTOM, CHAR_PITCH, MM
from inspector_app.papers.word import styles
from inspector_app.papers.word.package import SPACES, Part
from inspector_app.papers.word.pieces import Para, Run
from inspector_app.papers.word.rows import blanks_para
from inspector_app.papers.word.xml import para_xml

HEADER = 20 * MM  # from the upper edge of the paper
FOOTER = 11 * MM  # from the lower edge
_DEMO_PITCH = 12.0
_NUMBER_PITCH = 16.0
_NUMBER_ABOVE = BOTTOM - 7 * MM - 10  # where the page number stands, from the paper's lower edge
_FOOT_GAP = 6.0


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands on every page; `foot` holds the lines signed on every page of a record."""

    layout: Layout
    ctx: PaperContext
    foot: tuple[tuple[str, ...], ...] = ()

    @property
    def two_sided(self) -> bool:
        """Letters bear the page number at the outer corner."""
        return self.layout is Layout.LETTER

    def parts(self) -> list[Part]:
        """Footers of odd and of even pages, and the header where it says anything."""
        found = [Part("footer1", "footer", self._footer("right"))]
        if self.two_sided:
            found.append(Part("footer2", "footer", self._footer("left")))
        if self.ctx.mark:
            found.append(Part("header1", "header", self._header()))
            if self.two_sided:
                found.append(Part("header2", "header", self._header()))
        return found

    def references(self, first: int) -> str:
        """How the section names its parts, which are numbered from `first`."""
        sides = {"1": "default", "2": "even"}
        return "".join(
            f'<w:{part.kind}Reference w:type="{sides[part.name[-1]]}" r:id="rId{number}"/>'
            for number, part in enumerate(self.parts(), first)
        )

    def _header(self) -> str:
        run = Run(self.ctx.mark, Role.HEI, 12.0, framed=True)
        para = Para((run,), 20.0, styles.NORMAL, "right")
        return f"<w:hdr {SPACES}>{para_xml(para)}</w:hdr>"

    def _footer(self, side: str) -> str:
        demo = Run("演示数据" if self.ctx.demo else "", Role.BODY, 9.0)
        paras = [
            *self._foot(),
            self._number(side),
            Para((demo,), _DEMO_PITCH, styles.NORMAL, "center"),
        ]
        return f"<w:ftr {SPACES}>{''.join(map(para_xml, paras))}</w:ftr>"

    def _number(self, side: str) -> Para:
        after = _NUMBER_ABOVE - 3 - FOOTER - _DEMO_PITCH
        if not self.two_sided:
            style = (Role.BODY, 10.5)
            page = Run("1", *style, field="PAGE")
            pages = Run("1", *style, field="NUMPAGES")
            runs = (Run("第 ", *style), page, Run(" 页　共 ", *style), pages, Run(" 页", *style))
            return Para(runs, _NUMBER_PITCH, styles.NORMAL, "center", after=after)
        style = (Role.LATIN, NUMBER_SIZE)
        outer = (Run("— ", *style), Run("1", *style, field="PAGE"), Run(" —", *style))
        inset = {side: CHAR_PITCH}
        return replace(
            Para(outer, _NUMBER_PITCH, styles.NORMAL, side, after=after),
            left=inset.get("left", 0.0),
            right=inset.get("right", 0.0),
        )

    def _foot(self) -> Sequence[Para]:
        """They take from the type area: Word lifts the text where the footer is that high."""
        if not self.foot:
            return ()
        rows = [blanks_para(row, FOOT_PITCH) for row in self.foot]
        below = BOTTOM - _NUMBER_ABOVE + 3 - _NUMBER_PITCH
        first, last = replace(rows[0], before=_FOOT_GAP), replace(rows[-1], after=below)
        return (first, *rows[1:-1], last) if len(rows) > 1 else (replace(first, after=below),)
