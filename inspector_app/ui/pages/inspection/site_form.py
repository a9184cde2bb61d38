"""现场情况: when, where and with whom, and what the inspected side says; saved by itself."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from inspector_app.domain.inspections import Inspection
from inspector_app.domain.office import Inspector
from inspector_app.errors import UserError
from inspector_app.ui.forms.choices import ChoiceField
from inspector_app.ui.forms.form import AutoSaver, Form
from inspector_app.ui.forms.lines import LineField, TimeField
from inspector_app.ui.forms.texts import TextField

LINES = ("place", "arrived_at", "left_at", "host", "host_title", "opinion")


def inspector_choices(people: Sequence[Inspector]) -> list[tuple[str, str]]:
    """(id, 李明（证号 …）) of the inspectors."""
    return [
        (one.id, f"{one.name}（证号 {one.certificate}）" if one.certificate else one.name)
        for one in people
    ]


class SiteForm(Form):
    """`save` gets the changed inspection; it answers with `saver.done` or `refused`."""

    def __init__(self, save: Callable[[Inspection], object]) -> None:
        super().__init__()
        self._save = save
        self._visit: Inspection | None = None
        self._held = False  # something wrong stands in the form and was not saved
        self.first = ChoiceField("inspector_1", "检查人员一", why="监察条例第十六条：不得少于二人")
        self.second = ChoiceField("inspector_2", "检查人员二", check=self._not_twice)
        self.section("检查人员")
        self.add(self.first, self.second)
        self.section("时间和地点")
        self.add(
            TimeField("arrived_at", "到达时间", placeholder="9:30"),
            TimeField("left_at", "离开时间", placeholder="11:00", check=self._not_before),
        )
        self.add(LineField("place", "检查地点", max_length=100))
        self.section("被检查一方")
        self.add(
            LineField("host", "现场负责人", max_length=30),
            LineField("host_title", "职务", max_length=40, placeholder="例如：项目经理"),
        )
        self.add(
            TextField(
                "opinion",
                "被检查人意见",
                lines=3,
                max_length=500,
                placeholder="原话记录；没有意见的写“无异议”",
            )
        )
        self.column.addStretch()
        self.saver = AutoSaver(self, self._hand_over)

    def _not_twice(self, value: object) -> str:
        return "两名检查人员不能是同一人" if value and value == self.first.value() else ""

    def _not_before(self, value: object) -> str:
        arrived = self.fields["arrived_at"].value()
        early = bool(value) and bool(arrived) and str(value) < str(arrived)
        return "离开时间不能早于到达时间" if early else ""

    def show_visit(self, visit: Inspection, people: Sequence[Inspector]) -> None:
        """Show an inspection, unless something is being typed into it."""
        fresh = self._visit is None or self._visit.id != visit.id
        if not fresh and (self._held or self.saver.pending()):
            return
        self._held = False
        self._visit = visit
        choices = inspector_choices(people)
        ids = [*visit.inspector_ids, "", ""]
        values: dict[str, object] = {key: getattr(visit, key) or None for key in LINES}
        for choice, chosen in ((self.first, ids[0]), (self.second, ids[1])):
            choice.set_options(choices)
            values[choice.key] = chosen
        self.set_values(values)
        self.saver.reset()
        for field in self.fields.values():
            field.set_read_only(visit.finished)

    def _hand_over(self, values: dict[str, object]) -> None:
        self._held = any(field.problem() for field in self.fields.values())
        if self._visit is None or self._held:
            return
        chosen = tuple(str(values[key]) for key in ("inspector_1", "inspector_2") if values[key])
        typed = {key: str(values[key] or "") for key in LINES}
        wanted = replace(
            self._visit,
            inspector_ids=chosen,
            place=typed["place"],
            arrived_at=typed["arrived_at"],
            left_at=typed["left_at"],
            host=typed["host"],
            host_title=typed["host_title"],
            opinion=typed["opinion"],
        )
        self._save(wanted)

    def refused(self, error: Exception) -> bool:
        """Say under the field why it was not saved; False when it is no field's matter."""
        self.saver.failed()
        if isinstance(error, UserError) and error.field in self.fields:
            self.fields[error.field].set_error(error.message)
            return True
        return False
