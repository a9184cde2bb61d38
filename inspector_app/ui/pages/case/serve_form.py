"""登记送达: one act may cover several papers and parties; each manner asks for its own proofs."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt

from inspector_app.domain.law import grouped
from inspector_app.domain.papers import Paper, ServiceMethod
from inspector_app.domain.rules import ServiceRule
from inspector_app.domain.term_words import WEEKDAYS
from inspector_app.domain.terms import compute, date_text
from inspector_app.services.case_sheet import CaseSheet
from inspector_app.services.service_records import (
    ServiceForm,
    record_service,
    short_of_time,
)
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField, TicksField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.field import FormField
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.pages.case.next_step import unserved
from inspector_app.ui.pages.case.serve_parties import PartiesField
from inspector_app.ui.pages.case.step_forms import day_of
from inspector_app.ui.widgets.basic import label

_BESIDE = {
    ServiceMethod.DIRECT: ("relation", "place"),
    ServiceMethod.LEAVING: ("place",),
    ServiceMethod.ELECTRONIC: ("receiver",),
    ServiceMethod.POST: ("receiver", "place"),
    ServiceMethod.ENTRUSTED: ("receiver",),
    ServiceMethod.PUBLICATION: ("media",),
    ServiceMethod.POSTING: ("place", "reason"),
}
"""What is written down beside the proofs the law asks for."""


def _proofs() -> tuple[FormField, ...]:
    """Every proof there is, in the order of the ladder."""
    return (
        LineField("receiver", "签收人", max_length=40),
        LineField("relation", "与当事人的关系", placeholder="例如：项目经理"),
        LineField("witness", "见证人", placeholder="姓名、单位、职务"),
        LineField("consent", "同意电子送达的确认书", placeholder="签署日期、接收的系统"),
        LineField("waybill", "邮寄单号、回执", max_length=60),
        LineField("entrusted_to", "受委托的机关、委托函"),
        LineField("media", "公告的报纸、网站", placeholder="名称和日期"),
        LineField("video", "照片、录像", placeholder="拍摄时间和存放处"),
        TextField("reason", "原因和此前送达的经过", lines=2),
        LineField("place", "送达地点"),
    )


class ServeForm(InlineForm):
    """The papers, the manner, its proofs and the day that starts their clocks."""

    def __init__(self, context: UiContext, sheet: CaseSheet) -> None:
        super().__init__(context, "登记送达", "登记送达")
        self._sheet = sheet
        waiting = unserved(sheet)
        papers = waiting or sheet.to_serve
        ticks = TicksField(
            "paper_ids", "送达的文书", [(one.id, one.number) for one in papers], required=True
        )
        ticks.set_value(_together(sheet, waiting))
        self.papers, self.parties = ticks, PartiesField(sheet, papers)
        self.offered = papers
        self.method = ChoiceField(
            "method", "送达方式", [(one.value, one.label) for one in ServiceMethod], required=True
        )
        self.method.set_value(ServiceMethod.DIRECT.value)
        day = DateField(
            "served_on", "送达日期", today=context.today, required=True, note=self._counts
        )
        day.set_value(context.today())
        self.day = day
        self.guide = label("", "caption", wrap=True)
        self.guide.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.form.add(ticks)
        self.form.add(self.parties)
        self.form.add(self.method)
        self.form.column.addWidget(self.guide)
        self.form.add(day)
        self._proofs = _proofs()
        for field in self._proofs:
            self.form.add(field)
        self.form.add(TextField("note", "备注", lines=2))
        self.method.edited.connect(self._follow_method)
        ticks.edited.connect(self._follow_papers)
        self._follow_method()
        self._follow_papers()

    def choose(self, paper_id: str) -> None:
        """Serve this paper and no other."""
        self.papers.set_value((paper_id,))
        self._follow_papers()

    def _follow_papers(self) -> None:
        chosen = self.papers.value()
        self.parties.offer(chosen if isinstance(chosen, tuple) else ())
        self.day.set_hint("")  # what is left of their own days is another

    # ── what the manner asks for ─────────────────────────────────────────────────────────────
    def rule(self) -> ServiceRule | None:
        """The rung of the ladder that is chosen."""
        method = str(self.method.value())
        return self.context.desk.library.service_rule(method) if method else None

    def _follow_method(self) -> None:
        rule = self.rule()
        wanted = self._wanted(rule) if rule else ()
        for field in self._proofs:
            # Its row goes with it, or an empty one would keep its room.
            if (row := field.parentWidget()) is not None:
                row.setVisible(field.key in wanted)
        self.guide.setText(self._guidance(rule) if rule else "")
        self.guide.setVisible(rule is not None)
        self.day.set_hint("")

    def _wanted(self, rule: ServiceRule) -> tuple[str, ...]:
        kinds = self.context.desk.library.proof_kinds
        proofs = [kinds[code].field for group in rule.proofs for code in group]
        return (*dict.fromkeys(proofs), *_BESIDE[ServiceMethod(rule.method)])

    def _guidance(self, rule: ServiceRule) -> str:
        """When this manner may be used, by which articles, and what must be on record."""
        library = self.context.desk.library
        proofs = [
            "或者".join(dict.fromkeys(library.proof_kinds[code].name for code in group))
            for group in rule.proofs
        ]
        parts = [f"{rule.when}（{grouped(rule.basis.articles)}）", f"凭据：{'、'.join(proofs)}"]
        if rule.only_kinds:
            titles = self._sheet.situation.procedure.papers
            names = "、".join(titles.get(kind, kind) for kind in rule.only_kinds)
            parts.append(f"只用于{names}")
        if rule.basis.note:
            parts.append(rule.basis.note)
        return "。".join(parts) + "。"

    def _counts(self, day: date) -> str:
        """The day it counts as served, where that is a later one; and when it leaves little time
        to do what the paper orders."""
        rule, library = self.rule(), self.context.desk.library
        said, counts = WEEKDAYS[day.weekday()], day
        if rule is not None and rule.term:
            counts = compute(library.terms[rule.term], day, library.calendar).due or day
            said = f"视为 {date_text(counts)} 送达"
        chosen = self.papers.value()
        ticked = [one for one in self.offered if isinstance(chosen, tuple) and one.id in chosen]
        short = short_of_time(self.context.desk, ticked, counts)
        return f"{said}；{short}" if short else said

    # ── doing it ─────────────────────────────────────────────────────────────────────────────
    def call(self, values: dict[str, object]) -> Call:
        chosen, parties, rule = values.get("paper_ids"), values.get("parties"), self.rule()
        wanted = (*self._wanted(rule), "note") if rule else ()

        def said(key: str) -> str:
            return text_of(values, key) if key in wanted else ""

        made = ServiceForm(
            paper_ids=chosen if isinstance(chosen, tuple) else (),
            method=ServiceMethod(text_of(values, "method")),
            served_on=day_of(values, "served_on", self.context.today()),
            receiver=said("receiver"),
            relation=said("relation"),
            place=said("place"),
            witness=said("witness"),
            note=said("note"),
            video=said("video"),
            waybill=said("waybill"),
            consent=said("consent"),
            entrusted_to=said("entrusted_to"),
            media=said("media"),
            reason=said("reason"),
            parties=parties if isinstance(parties, tuple) else (),
        )
        desk, case_id = self.context.desk, self._sheet.case.id
        return lambda: record_service(desk, case_id, made)

    def told(self, result: object) -> str:
        parties = len(result) if isinstance(result, tuple) else 1
        return f"已登记送达，{parties} 个当事人各一条" if parties > 1 else "已登记送达"


def _together(sheet: CaseSheet, waiting: Sequence[Paper]) -> tuple[str, ...]:
    """The papers that may go to the same party at once with the first that waits."""
    alike = [one for one in waiting if sheet.waiting(one.id) == sheet.waiting(waiting[0].id)]
    return tuple(one.id for one in alike)
