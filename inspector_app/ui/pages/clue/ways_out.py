"""The two ways a clue leaves the register: into a case, or with a reason and a reply."""

from collections.abc import Sequence

from inspector_app.domain.cases import Case
from inspector_app.domain.clues import Clue, ClueState
from inspector_app.domain.money import yuan
from inspector_app.domain.office import Inspector
from inspector_app.errors import UserError
from inspector_app.services.claim_repeats import REPEAT
from inspector_app.services.clue_filing import Twice, file_clue
from inspector_app.services.clues import conclude_clue
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField, TicksField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.pages.case.step_forms import day_of
from inspector_app.ui.widgets.buttons import button

_ONCE, _BOTH = "是同一笔，只登记前一条的", "是不同的款，都登记"
WITHOUT_CASE = (
    ClueState.REFUSED,
    ClueState.FORWARDED,
    ClueState.SETTLED,
    ClueState.DUPLICATE,
)


class FileForm(InlineForm):
    """立案, with the other clues of the same unit offered for the same case."""

    takes_number = True

    def __init__(
        self, context: UiContext, clue: Clue, twins: Sequence[Clue], people: Sequence[Inspector]
    ) -> None:
        super().__init__(context, "立案", "立案并编号")
        self._clue_id = clue.id
        self._twice = Twice.ASK  # what the person says of sums that seem to be reported twice
        self.answers = (
            button(_ONCE, clicked=lambda: self._answer(Twice.ONCE)),
            button(_BOTH, clicked=lambda: self._answer(Twice.BOTH)),
        )
        for one in self.answers:
            one.hide()
            self.add_answer(one)
        names = [(one.id, one.name) for one in people]
        day = DateField("on", "立案日期", today=context.today, required=True)
        day.set_value(context.today())
        self.form.add(day)
        self.lead = ChoiceField("lead", "主办监察员", names, required=True)
        self.lead.set_value(context.desk.actor_id or "")
        self.assist = ChoiceField("assist", "协办监察员", names, check=self._two_people)
        self.form.add(self.lead, self.assist)
        cause = LineField("cause", "案由", required=True, max_length=60)
        cause.set_value(clue.cause)
        self.form.add(cause)
        if twins:
            options = [(twin.id, _words(twin)) for twin in twins]
            title = f"同一单位还有 {len(twins)} 条，一并立案的打勾"
            ticks = TicksField("together", title, options)
            ticks.edited.connect(self._ask_no_more)
            self.form.add(ticks)

    def _two_people(self, value: object) -> str:
        same = value and value == self.lead.value()
        return "协办应是另一名监察员，执法须由两人进行" if same else ""

    def call(self, values: dict[str, object]) -> Call:
        desk, clue_id = self.context.desk, self._clue_id
        on, cause = day_of(values, "on", self.context.today()), text_of(values, "cause")
        lead, assist = text_of(values, "lead") or None, text_of(values, "assist") or None
        ticked = values.get("together")
        together = ticked if isinstance(ticked, tuple) else ()
        twice = self._twice
        return lambda: file_clue(
            desk, clue_id, on,
            lead_id=lead, assist_id=assist, cause=cause, together=together, twice=twice,
        )  # fmt: skip

    def _answer(self, twice: Twice) -> None:
        """The same once more, with what was asked; said for this one time only."""
        self._twice = twice
        self.submit()
        self._twice = Twice.ASK

    def _ask_no_more(self) -> None:
        for one in self.answers:
            one.hide()

    def failed(self, error: Exception) -> None:
        """One sum that seems to be reported twice is filed once the person says what it is."""
        if isinstance(error, UserError) and error.kind == REPEAT:
            self.send.setEnabled(True)
            self.say(error.message)
            for one in self.answers:
                one.show()
            self.bring_into_view(self.leave)
            return
        super().failed(error)

    def told(self, result: object) -> str:
        return f"已立案 {result.case_no}" if isinstance(result, Case) else "已立案"


def _words(clue: Clue) -> str:
    amount = f"{yuan(clue.amount_fen)} 元" if clue.amount_fen is not None else clue.amount_written
    return "　".join(part for part in (clue.clue_no, amount) if part)


class ConcludeForm(InlineForm):
    """办结 without a case: how, why, and what the person who reported was told."""

    def __init__(self, context: UiContext, clue: Clue) -> None:
        super().__init__(context, "办结（不立案）", "办结")
        self._clue_id = clue.id
        states = [(one.value, one.label) for one in WITHOUT_CASE]
        day = DateField("on", "办结日期", today=context.today, required=True)
        day.set_value(context.today())
        self.form.add(ChoiceField("state", "结果", states, required=True), day)
        self.form.add(
            TextField(
                "conclusion", "理由", required=True, lines=3, hint="要据此答复反映人，请写清楚"
            )
        )
        self.form.add(
            TextField("reply", "答复情况", lines=2, placeholder="例如：11月20日电话告知本人")
        )

    def call(self, values: dict[str, object]) -> Call:
        desk, clue_id = self.context.desk, self._clue_id
        on, state = day_of(values, "on", self.context.today()), ClueState(text_of(values, "state"))
        conclusion, reply = text_of(values, "conclusion"), text_of(values, "reply")
        return lambda: conclude_clue(desk, clue_id, state, on, conclusion, reply)

    def told(self, result: object) -> str:
        return f"已办结：{result.state.label}" if isinstance(result, Clue) else "已办结"
