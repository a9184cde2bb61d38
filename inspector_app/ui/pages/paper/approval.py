"""报批 of a draft: whether a leader has approved it as it stands, and the form that records it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector_app.domain.term_words import date_text
from inspector_app.errors import UserError
from inspector_app.services.approvals import Approval
from inspector_app.services.paper_life import ON_PAPER, ON_SCREEN, ApprovalForm, approve
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.pages.case.step_forms import day_of
from inspector_app.ui.pages.paper.reading import PaperNews
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import clear_layout, hair
from inspector_app.ui.widgets.buttons import button

WAYS = ((ON_PAPER, "纸质签批"), (ON_SCREEN, "本机审批"))
WHY = "override_why"
NO_LEADER = "还没有登记负责人：到“设置”的“人员”里勾选。"


class ApprovalEntry(InlineForm):
    """Who approved, with what opinion, when, and whether the signature stands on paper."""

    def __init__(self, context: UiContext, news: PaperNews) -> None:
        super().__init__(context, "登记批准", "登记批准")
        self._paper_id = news.sheet.paper.id
        leaders = [one.name for one in news.people if one.leader]
        who = ChoiceField(
            "approver", "批准的负责人", [(name, name) for name in leaders], required=True
        )
        who.set_value(leaders[0] if len(leaders) == 1 else "")
        way = ChoiceField("way", "方式", WAYS, required=True)
        way.set_value(ON_PAPER)
        day = DateField("on", "批准日期", today=context.today, required=True)
        day.set_value(context.today())
        opinion = LineField("opinion", "批准意见", required=True, max_length=200)
        opinion.set_value("同意")
        self.form.add(who, way)
        self.form.add(day, opinion)
        if not leaders:
            self.say(NO_LEADER)

    def call(self, values: dict[str, object]) -> Call:
        form = ApprovalForm(
            approver=text_of(values, "approver"),
            opinion=text_of(values, "opinion"),
            on=day_of(values, "on", self.context.today()),
            way=text_of(values, "way"),
            override_why=text_of(values, WHY),
        )
        desk, paper_id = self.context.desk, self._paper_id
        return lambda: approve(desk, paper_id, form)

    def failed(self, error: Exception) -> None:
        """What a leader may let pass wants a reason: the field comes with the refusal."""
        if isinstance(error, UserError) and error.field == WHY and WHY not in self.form.fields:
            self.form.add(LineField(WHY, "放行理由", required=True, max_length=200))
        super().failed(error)

    def told(self, _result: object) -> str:
        return "已登记批准"


class ApprovalBar(QWidget):
    """Above the form of a draft whose kind wants approval. `changed` when the entry comes or goes.

    `save` hands over what is typed: it reaches the ledger before the approval does.
    """

    changed = Signal()

    def __init__(self, context: UiContext, save: Callable[[], object]) -> None:
        super().__init__()
        self._context, self._save = context, save
        self._news: PaperNews | None = None
        self.entry: ApprovalEntry | None = None
        column = box(QVBoxLayout(self), spacing=0)
        inner = box(QVBoxLayout(), (20, 12, 20, 12), 10)
        self.banner = Banner("violet")
        inner.addWidget(self.banner)
        self._slot = box(QVBoxLayout(), spacing=0)
        inner.addLayout(self._slot)
        column.addLayout(inner)
        column.addWidget(hair())
        self.hide()

    def show_news(self, news: PaperNews) -> None:
        """What the ledger knows of the approval now."""
        self._news = news
        wanted = news.is_draft() and bool(news.sheet.kind.approval)
        self.setVisible(wanted)
        if not wanted:
            self.close_entry()
        self._tell()

    def _tell(self) -> None:
        news = self._news
        if news is None or not news.sheet.kind.approval:
            return
        basis, given = news.sheet.kind.approval, news.approval
        ask = () if self.entry else (button("登记批准", clicked=self.ask, small=True),)
        if given is None:
            self.banner.say(f"须经负责人批准后制发（{basis}）", "待批准", "violet", ask)
        elif given.holds:
            self.banner.say(_given(given), "已批准", "success")
        else:
            words = f"{given.approver} {date_text(given.on)}批准之后内容有改动，须重新批准"
            self.banner.say(words, "待批准", "warning", ask)

    def ask(self) -> None:
        """Open the entry below the sentence."""
        if self._news is None or self.entry is not None:
            return
        self._save()
        made = ApprovalEntry(self._context, self._news)
        made.closed.connect(self.close_entry)
        self.entry = made
        self._slot.addWidget(made)
        self._tell()
        made.start()
        self.changed.emit()

    def close_entry(self) -> None:
        """Take the entry away."""
        if self.entry is None:
            return
        self.entry = None
        clear_layout(self._slot)
        self._tell()
        self.changed.emit()


def _given(given: Approval) -> str:
    way = dict(WAYS).get(given.way, "")
    return "　".join(
        part for part in (given.approver, date_text(given.on), given.opinion, way) if part
    )
