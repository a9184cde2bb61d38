"""送达的当事人: the parties of a joint paper that still wait, ticked when an act reached them."""

from collections.abc import Sequence

from inspector_app.domain.papers import Paper
from inspector_app.domain.serving import Deliveries, is_joint, reached, waiting
from inspector_app.domain.terms import date_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.ui.forms.choices import TicksField

EACH = "每个当事人各记一条；日期或者方式不同的分开登记。"
NONE_TICKED = "请勾选这次送达的当事人"


class PartiesField(TicksField):
    """Hidden while only papers with a single party are chosen; then its value is empty."""

    def __init__(self, sheet: CaseSheet, papers: Sequence[Paper]) -> None:
        self._sheet = sheet
        self._offered: tuple[str, ...] = ()
        names = [name for one in papers for name in sheet.waiting(one.id) if name]
        options = [(name, name) for name in dict.fromkeys(names)]
        super().__init__("parties", "送达的当事人", options)
        self.set_value(tuple(name for name, _ in options))

    def offer(self, paper_ids: Sequence[str]) -> None:
        """Show the parties of these papers that wait, and say who was served before."""
        found = [self._sheet.deliveries.get(one, ()) for one in paper_ids]
        joint = [one for one in found if is_joint(one)]
        self._offered = tuple(dict.fromkeys(name for one in joint for name in waiting(one)))
        for name, tick in self._boxes.items():
            tick.setVisible(name in self._offered)
        if (row := self.parentWidget()) is not None:
            row.setVisible(bool(self._offered))
        self.set_hint(_told(joint))
        self.set_error("")

    def value(self) -> object:
        ticked = super().value()
        assert isinstance(ticked, tuple)  # noqa: S101 - what ticks hold
        return tuple(one for one in ticked if one in self._offered)

    def typed_problem(self) -> str:
        return NONE_TICKED if self._offered and self.is_empty() else ""


def _told(joint: Sequence[Deliveries]) -> str:
    """已送达：甲公司 2026年9月28日。每个当事人各记一条…"""
    done = dict.fromkeys(
        f"{one.party} {date_text(one.on)}" for each in joint for one in reached(each)
    )
    head = f"已送达：{'、'.join(done)}。" if done else ""
    return head + EACH if joint else ""
