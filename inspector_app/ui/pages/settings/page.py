"""设置: groups at the left, their content at the right; everything is saved as it is left."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector_app.domain.office import Inspector
from inspector_app.services.access import may_see_access
from inspector_app.services.access_register import AccessLine, access_register
from inspector_app.services.desk import Desk
from inspector_app.services.numbers import sample_kinds
from inspector_app.services.setting_readings import Readings, all_readings
from inspector_app.services.settings import all_settings, inspectors
from inspector_app.ui.actions import Handler
from inspector_app.ui.bus import Changes
from inspector_app.ui.context import UiContext, sentence_of
from inspector_app.ui.page import Page
from inspector_app.ui.pages.settings.about import AboutPanel
from inspector_app.ui.pages.settings.choices import ChoicesForm, shown_specs
from inspector_app.ui.pages.settings.data import DataPanel
from inspector_app.ui.pages.settings.look import LookPanel
from inspector_app.ui.pages.settings.looked_at import AccessPanel
from inspector_app.ui.pages.settings.people import PeoplePanel
from inspector_app.ui.pages.settings.security import SecurityPanel
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.tasks import Task
from inspector_app.ui.theme.scaling import box, fix
from inspector_app.ui.widgets.basic import Panel, hair, label, scrolling, set_property
from inspector_app.ui.widgets.states import StateStack

PEOPLE, LOOK, DATA, ABOUT = "监察员", "外观", "数据", "关于"
LOOKED_AT, SECURITY = "查看记录", "安全"
HINTS = {
    PEOPLE: "姓名、执法证号、职责",
    LOOKED_AT: "谁看过个人信息",
    "本局": "印在文书上的名称和联系方式",
    "字号": "文书、案件、线索的编号",
    "文书": "默认期限、救济途径、依据",
    "期限": "两套规定、顺延、没有写的天数",
    "保证金": "存储比例、减免、上限",
    "专用账户": "人工费比例、开户门槛",
    "案卷": "保存年数",
    "共享库": "附件自动下载哪些",
    "最低工资": "各县区属于哪一类",
    "程序": "没有核实的把关、中止办理",
    SECURITY: "加密、账号、锁定",
    LOOK: "配色和字号",
    DATA: "文件夹、检查、备份、共享库",
    ABOUT: "版本和许可",
}

OF_LAW = ("期限", "程序", "保证金", "专用账户", "最低工资", "案卷")  # groups that choose a reading
OF_PAPERS = ("本局", "字号", "文书")  # groups that papers are printed with
LINKS = {
    "page.law": OF_LAW,
    "page.calendar": OF_LAW,
    "page.forms": OF_PAPERS,
    "page.shared": (DATA, PEOPLE),
}


@dataclass(frozen=True, slots=True)
class SettingsNews:
    """What the page shows."""

    settings: dict[str, str]
    people: list[Inspector]
    readings: dict[str, Readings]
    looks: list[AccessLine] | None  # None: not for the person at the desk
    kinds: tuple[str, str]  # characters of two kinds of paper, for sample numbers


def read_all(desk: Desk) -> SettingsNews:
    """Settings with what they mean, and all inspectors; runs on the worker."""
    people = inspectors(desk, active_only=False)
    looks = access_register(desk) if may_see_access(desk) else None
    return SettingsNews(all_settings(desk), people, all_readings(desk), looks, sample_kinds(desk))


class SettingsPage(Page):
    """`arg`: the name of a group."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "设置")
        self.head.set_hint("改动离开格子就保存，留痕，可以撤销")
        self._task: Task[SettingsNews] | None = None
        self._loaded = False
        self.forms: dict[str, ChoicesForm] = {}
        self.views: dict[str, QWidget] = {}
        body = QWidget()
        row = box(QHBoxLayout(body), spacing=14)
        row.addWidget(self._build_groups())
        row.addWidget(self._build_content(), 1)
        self.states = StateStack(body, "settings_20")
        self.column.addWidget(self.states, 1)
        self.groups.show_rows(list(self.views))
        self.groups.selectRow(0)

    def _build_groups(self) -> Panel:
        panel = fix(Panel((1, 1, 1, 1), 0), width=224)
        column = Column[str](
            "设置",
            lambda name: name,
            160,
            Kind.TWO_LINE,
            stretch=True,
            sub=lambda name: HINTS.get(name, ""),
        )
        self.groups: RowsTable[str] = RowsTable((column,), str, name="设置分组")
        self.groups.horizontalHeader().hide()
        self.groups.chosen.connect(self._show_group)
        panel.column.addWidget(self.groups)
        return panel

    def _build_content(self) -> Panel:
        panel = Panel((1, 1, 1, 1), 0)
        self.title = label("", "sectionTitle")
        head = box(QHBoxLayout(), (20, 12, 20, 12), 8)
        head.addWidget(self.title, 1)
        self.links = {name: self.context.actions.button(name) for name in LINKS}
        for made in self.links.values():
            set_property(made, "compact", "true")
            head.addWidget(made)
        panel.column.addLayout(head)
        panel.column.addWidget(hair())
        self.stack = QStackedWidget()
        panel.column.addWidget(self.stack, 1)
        self.people = PeoplePanel(self.context)
        self.people.form_changed.connect(self.handlers_changed)
        self._add(PEOPLE, self.people, scrolls=False)
        self.security = SecurityPanel(self.context)
        for signal in (self.security.slot.filled, self.security.slot.emptied):
            signal.connect(self.handlers_changed)
        self._add(SECURITY, self.security)
        for group, specs in shown_specs(self.context.desk).items():
            self.forms[group] = ChoicesForm(self.context, specs, self._told)
            self._add(group, self.forms[group])
        self.looks = AccessPanel(self.context)
        self._add(LOOKED_AT, self.looks, scrolls=False)
        self.look = LookPanel(self.context)
        self._add(LOOK, self.look)
        self.data = DataPanel(self.context)
        self._add(DATA, self.data)
        self.about = AboutPanel(self.context)
        self._add(ABOUT, self.about, scrolls=False)
        return panel

    def _add(self, name: str, content: QWidget, *, scrolls: bool = True) -> None:
        holder = QWidget()
        fix(content, max_width=880)
        inner = box(QVBoxLayout(holder), (20, 16, 20, 16))
        inner.addWidget(content)
        self.views[name] = scrolling(holder) if scrolls else holder
        self.stack.addWidget(self.views[name])

    # ── what the window calls ────────────────────────────────────────────────────────────────
    def show_for(self, arg: object) -> None:
        if isinstance(arg, str) and arg in self.views:
            self.groups.select_key(arg)
        self.security.load()
        self._load()

    def refresh(self, changes: Changes) -> None:
        if changes.touches():
            self._load()

    def leave(self) -> bool:
        for form in self.forms.values():
            form.save_changed()
        return True

    def place(self) -> object:
        return self.groups.current_row()

    def handlers(self) -> Mapping[str, Handler]:
        here: dict[str, Handler] = {"refresh": self._load, "save": self.leave}
        if self.people.slot.form is not None and self.groups.current_row() == PEOPLE:
            here["back"] = self.people.slot.leave
        if self.security.slot.form is not None and self.groups.current_row() == SECURITY:
            here["back"] = self.security.slot.leave
        return here

    def first_focus(self) -> QWidget | None:
        return self.groups

    # ── doing ────────────────────────────────────────────────────────────────────────────────
    def _show_group(self, name: object) -> None:
        if isinstance(name, str):
            self.stack.setCurrentWidget(self.views[name])
            self.title.setText(name)
            for action, made in self.links.items():
                made.setVisible(name in LINKS[action])
            self.handlers_changed()

    def _load(self) -> None:
        if self._task is not None:
            self._task.forget()
        if not self._loaded:
            self.states.show_loading()
        desk = self.context.desk
        self._task = self.context.tasks.query(
            self, lambda: read_all(desk), self._show, self._failed
        )

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.states.show_error(sentence_of(error), self._load)

    def _show(self, news: SettingsNews) -> None:
        self._task, self._loaded = None, True
        for form in self.forms.values():
            form.show_kinds(news.kinds)
            form.show_settings(news.settings)
            form.show_readings(news.readings)
        self.people.show_people(news.people)
        self.looks.show_lines(news.looks)
        self.states.show_content()

    def _told(self, words: str) -> None:
        self.head.set_hint(f"{words}　{self.context.desk.now():%H:%M}")


def make(context: UiContext) -> Page:
    """The settings page."""
    return SettingsPage(context)
