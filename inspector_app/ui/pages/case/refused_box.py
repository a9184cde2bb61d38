"""Why a step is not legal yet, and the way for a leader to let it pass."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from inspector_app.domain.guards.situation import Refusal
from inspector_app.domain.procedure import StepRow
from inspector_app.ui.pages.case.reasons import Reasons
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.basic import label
from inspector_app.ui.widgets.buttons import button

OVERRIDE = "由负责人放行"
TRAIL = "放行要写明负责人和理由，记入经过，结案后也能查到。"
NO_LEADER = "没有登记负责人，不能放行；在设置“监察员”里勾选负责人。"
NEVER = "其中有法律不允许放行的，补齐后再办。"


class RefusedBox(QFrame):
    """Every reason with its article; `passing` when a leader is to be asked."""

    passing = Signal()

    def __init__(self, step: StepRow, leaders: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setProperty("tone", "neutral")
        self._leaders = tuple(leaders)
        column = box(QVBoxLayout(self), (12, 10, 12, 10), 8)
        self.title = label(f"现在还不能{step.name}", "bannerTitle", wrap=True)
        self.reasons = Reasons()
        self.words = label("", "caption", wrap=True)
        self.ask = button(OVERRIDE, clicked=self._asked, small=True)
        column.addWidget(self.title)
        column.addWidget(self.reasons)
        column.addWidget(self.words)
        column.addWidget(self.ask)
        self.hide()

    def show_refusals(self, refusals: Sequence[Refusal], *, may_pass: bool) -> None:
        """Show the reasons; where a leader may, offer that."""
        self.reasons.show_reasons(refusals)
        able = may_pass and bool(self._leaders)
        self.words.setText(TRAIL if able else NO_LEADER if may_pass else NEVER)
        self.ask.setVisible(able and self.ask.isEnabled())
        self.setAccessibleName(f"{self.title.text()}：{self.reasons.accessibleName()}")
        self.show()

    def _asked(self) -> None:
        self.ask.setEnabled(False)
        self.ask.hide()
        self.passing.emit()
