"""监察员: name and certificate number as papers need them, and who uses this PC."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.office import Inspector
from inspector_app.domain.rights import Role
from inspector_app.services.settings import save_inspector
from inspector_app.services.station import Station, load, save
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import ChoiceField, TicksField
from inspector_app.ui.forms.lines import LineField
from inspector_app.ui.pages.case.inline import Call, InlineForm, text_of
from inspector_app.ui.pages.form_slot import FormSlot
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.banners import Banner
from inspector_app.ui.widgets.basic import hair, label, scrolling
from inspector_app.ui.widgets.buttons import button
from inspector_app.ui.widgets.states import StateStack

USER = "本机使用人"
ACTIVE, GONE = "在岗", "停用"
DOES = {
    Role.INSPECTOR: "登记和办理案件",
    Role.LEADER: "批准步骤和文书；可以写明理由放行",
    Role.REVIEWER: "审核别人承办的案件",
    Role.ADMINISTRATOR: "人员、设置、模板；不看反映人",
    Role.AUDITOR: "只看不改，看到的都隐去",
}
OFF = "还没有管理员：职责不生效，人人都能做所有的事。"
ON = "职责已生效：各做各的，人员和职责由管理员改。"


def _post(one: Inspector) -> str:
    """负责人、管理员　副局长."""
    if one.roles == {Role.INSPECTOR}:
        return one.title
    held = "、".join(role.label for role in Role if role in one.roles)
    return "　".join(part for part in (held, one.title) if part)


COLUMNS: tuple[Column[Inspector], ...] = (
    Column("姓名", lambda one: one.name, 110, Kind.TWO_LINE, stretch=True, sub=_post),
    Column("执法证号", lambda one: one.certificate or "未填", 150),
    Column("科室", lambda one: one.department or "—", 110, priority=3),
    Column("电话", lambda one: one.phone or "—", 120, priority=4),
    Column(
        "状态",
        lambda one: ACTIVE if one.active else GONE,
        80,
        Kind.PILL,
        priority=2,
        tone=lambda one: "success" if one.active else "neutral",
    ),
)


class PersonForm(InlineForm):
    """One inspector, new or known."""

    def __init__(self, context: UiContext, person: Inspector | None) -> None:
        title = f"修改 {person.name}" if person else "登记监察员"
        super().__init__(context, title, "保存" if person else "登记")
        city = context.desk.city
        self._person = person or Inspector("", "", city, city)
        one = self._person
        self.form.add(
            LineField("name", "姓名", required=True, max_length=30),
            LineField(
                "certificate", "执法证号", max_length=40, why="监察条例第十六条：出示执法证件"
            ),
        )
        self.form.add(
            TicksField(
                "roles",
                "职责",
                [(role.value, f"{role.label}：{does}") for role, does in DOES.items()],
                required=True,
                hint="有了管理员，职责才生效；审计不能兼任",
            )
        )
        self.form.add(
            LineField("department", "科室", max_length=40),
            LineField("title", "职务", max_length=40),
        )
        state = ChoiceField("active", "状态", [(ACTIVE, ACTIVE), (GONE, "停用，不再供选择")])
        self.form.add(LineField("phone", "电话", max_length=30), state)
        self.form.column.addWidget(label("文书要两名有证号的不同监察员。", "fieldHint", wrap=True))
        self.form.set_values(
            {
                "name": one.name,
                "certificate": one.certificate,
                "department": one.department,
                "title": one.title,
                "phone": one.phone,
                "active": ACTIVE if one.active else GONE,
                "roles": tuple(role.value for role in Role if role in one.roles),
            }
        )

    def call(self, values: dict[str, object]) -> Call:
        before, desk = self._person, self.context.desk
        made = Inspector(
            id=before.id,
            name=text_of(values, "name"),
            scope=before.scope,
            city=before.city,
            certificate=text_of(values, "certificate"),
            department=text_of(values, "department"),
            title=text_of(values, "title"),
            phone=text_of(values, "phone"),
            active=values["active"] != GONE,
        )
        chosen = values["roles"]
        roles = frozenset(map(Role, chosen if isinstance(chosen, tuple) else ()))
        return lambda: save_inspector(desk, made.with_roles(roles))

    def told(self, _result: object) -> str:
        return "已保存监察员" if self._person.id else "已登记监察员"


class PeoplePanel(QWidget):
    """The list at the left, the form of one at the right, this PC's user above."""

    form_changed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._folder = context.desk.ledger.path.parent
        column = box(QVBoxLayout(self), spacing=14)
        column.addWidget(self._build_station())
        column.addWidget(hair())
        bar = box(QHBoxLayout(), spacing=8)
        bar.addWidget(label("监察员", "sectionTitle"))
        bar.addStretch()
        self.add = button("登记监察员", "", "person_add_20", clicked=lambda: self.edit(None))
        bar.addWidget(self.add)
        column.addLayout(bar)
        self.state = fix(Banner("info"), max_width=640)
        column.addWidget(self.state)
        row = box(QHBoxLayout(), spacing=20)
        self.table: RowsTable[Inspector] = RowsTable(
            COLUMNS, lambda one: one.id, faded=lambda one: not one.active, name="监察员"
        )
        self.table.opened.connect(self.edit)
        self.states = StateStack(self.table, "people_20")
        row.addWidget(self.states, 1)
        self.slot = FormSlot((0, 0, 12, 0))
        self.slot.filled.connect(self._show_side)
        self.slot.emptied.connect(self._hide_side)
        self._side = fix(scrolling(self.slot), width=400)
        self._side.hide()
        row.addWidget(self._side)
        column.addLayout(row, 1)

    def _build_station(self) -> QWidget:
        made = QWidget()
        column = box(QVBoxLayout(made), spacing=10)
        self.user = ChoiceField(
            "station", USER, hint="登记、修改和制发时留下的署名；只对这台电脑有效"
        )
        self.user.edited.connect(self._save_user)
        fix(self.user, max_width=420)
        column.addWidget(self.user)
        self.notice = fix(Banner("info"), max_width=640)
        self.notice.hide()
        column.addWidget(self.notice)
        return made

    # ── list ─────────────────────────────────────────────────────────────────────────────────
    def show_people(self, people: list[Inspector]) -> None:
        """Show all inspectors, those who left last."""
        self.table.show_rows(sorted(people, key=lambda one: not one.active))
        counts = any(one.administrator and one.active for one in people)
        self.state.say(ON if counts else OFF)
        if people:
            self.states.show_content()
            if not self.table.current_key():
                self.table.selectRow(0)
        else:
            self.states.show_empty(
                "还没有监察员",
                "登记姓名和执法证号，文书上的监察员从这里选。",
                (button("登记监察员", "primary", clicked=lambda: self.edit(None)),),
            )
        active = [one for one in people if one.active]
        if self._login_decides():
            return
        self.user.set_options([(one.id, one.name) for one in active])
        here = load(self._folder).user_id
        self.user.set_value(here if any(one.id == here for one in active) else "")

    def _login_decides(self) -> bool:
        """Whoever has an account signs as that: nobody is chosen here any more."""
        desk = self._context.desk
        decides = bool(desk.account_id) or desk.ledger.is_encrypted()
        self.user.setVisible(not decides)
        if decides:
            words = "台账加密以后，以登录的账号署名。换人请关闭窗口，用自己的账号登录。"
            self.notice.say(words, f"{USER}：{desk.actor}")
        return decides

    def edit(self, person: object) -> None:
        """Open the form beside the list."""
        known = person if isinstance(person, Inspector) else None
        self.slot.put(PersonForm(self._context, known))

    def _show_side(self) -> None:
        self._side.show()
        self.form_changed.emit()

    def _hide_side(self) -> None:
        """The keyboard goes back to the list."""
        self._side.hide()
        self.table.setFocus()
        self.form_changed.emit()

    # ── this PC ──────────────────────────────────────────────────────────────────────────────
    def _save_user(self) -> None:
        chosen = str(self.user.value())
        people = {one.id: one.name for one in self.table.rows_model.rows()}
        station, folder = Station(chosen, people.get(chosen, "")), self._folder

        def told(_result: object) -> None:
            name = station.name or "未署名"
            self.notice.say(f"重新打开窗口后，署名为{name}。", "已记下")

        self._context.tasks.outside(self, lambda: save(folder, station), told)
