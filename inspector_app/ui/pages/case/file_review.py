"""自评: the score of the file by sections, vetoes on top, each gap with a way to mend it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.review import ReviewLine, ReviewSection, StruckVeto
from inspector_app.library.paper_kinds import PaperKinds
from inspector_app.services.case_review import ReviewSheet
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.ui.pages.case.next_step import Act, Do
from inspector_app.ui.pages.case.review_acts import mend, place_act
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import clear_layout, hair, label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.pills import Pill

UNCONFIRMED = "各项内容和分值没有核实，只供自查；本局确认后在“设置”的“案卷”里改。"


class ReviewView(QWidget):
    """The whole score under one another; `prints` prints it, `exports` writes it, `do` mends."""

    def __init__(
        self,
        kinds: PaperKinds,
        prints: Callable[[], object],
        exports: Callable[[], object],
        do: Callable[[Act], object],
    ) -> None:
        super().__init__()
        self._kinds, self._do = kinds, do
        self.gaps: dict[str, Act] = {}
        whole = box(QVBoxLayout(self), (14, 0, 6, 6), 8)
        top = box(QHBoxLayout(), (0, 0, 6, 0), 8)
        self.total = label("", "sectionTitle")
        top.addWidget(self.total, 1)
        self.print = button("打印自评表", "", "print_20", clicked=prints, small=True)
        top.addWidget(self.print)
        self.export = button("导出 Excel", "", "table_20", clicked=exports, small=True)
        top.addWidget(self.export)
        whole.addLayout(top)
        feed = QWidget()
        self._column = box(QVBoxLayout(feed), (0, 0, 6, 8), 8)
        whole.addWidget(scrolling(feed), 1)

    def show_review(self, sheet: CaseSheet, found: ReviewSheet) -> None:
        """Show this score instead of the last one."""
        review = found.review
        beside = f"，其中 {review.beside} 分的事项还不涉及，按满分计" if review.beside else ""
        self.total.setText(f"自评 {review.got} 分，共 {review.points} 分{beside}")
        self.gaps = {line.item.id: mend(sheet, line, self._kinds) for line in review.missing}
        clear_layout(self._column)
        if found.head:
            notice = Banner("info")
            notice.say(UNCONFIRMED, found.head)
            self._column.addWidget(notice)
        for struck in review.vetoes:
            self._column.addWidget(self._veto(struck, found))
        for section in found.standard.sections.values():
            self._column.addWidget(hair())
            self._section(section, found)
        self._column.addStretch()

    def _veto(self, struck: StruckVeto, found: ReviewSheet) -> Banner:
        veto, papers = struck.veto, struck.papers
        act = Act("打开文书", Do.OPEN_PAPER, papers[0]) if papers else place_act(veto.jump)
        names = "、".join(found.papers[one] for one in papers)
        made = Banner("warning")
        made.say(
            f"{names}：{veto.remedy}。" if names else f"{veto.remedy}。",
            f"一票否决：{veto.name}",
            buttons=[button(act.label, "link", clicked=partial(self._do, act))],
        )
        return made

    def _section(self, section: ReviewSection, found: ReviewSheet) -> None:
        got, points = found.review.of(section.id)
        full = got == points
        head = box(QHBoxLayout(), spacing=8)
        head.addWidget(label(section.name, "sectionTitle"))
        head.addStretch()
        head.addWidget(Pill(f"{got} / {points}", "success" if full else "warning"))
        self._column.addLayout(head)
        lines = [one for one in found.review.missing if one.item.section == section.id]
        for line in lines:
            self._column.addWidget(self._gap(line))

    def _gap(self, line: ReviewLine) -> QWidget:
        """What is missing, what it costs, how to mend it, and the way there."""
        item, act = line.item, self.gaps[line.item.id]
        made = QWidget()
        row = box(QHBoxLayout(made), spacing=8)
        row.addWidget(IconLabel("circle_20", "text_3", 16), 0, Qt.AlignmentFlag.AlignTop)
        words = box(QVBoxLayout(), spacing=1)
        words.addWidget(label(f"{item.name}（{item.points} 分）", "body", wrap=True))
        words.addWidget(label(item.remedy, "caption", wrap=True))
        row.addLayout(words, 1)
        go = button(act.label, "link", clicked=partial(self._do, act))
        go.setAccessibleName(f"{item.name}：{act.label}")
        row.addWidget(go, 0, Qt.AlignmentFlag.AlignTop)
        return made
