"""Sample pages on invented data, made of the building blocks only."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector_app.domain.office import Inspector
from inspector_app.domain.papers import InspectorRef
from inspector_app.ui.context import UiContext
from inspector_app.ui.forms.choices import InspectorField
from inspector_app.ui.forms.dates import DateField
from inspector_app.ui.forms.form import Form
from inspector_app.ui.forms.lines import LineField, MoneyField
from inspector_app.ui.forms.texts import TextField
from inspector_app.ui.page import Page
from inspector_app.ui.tables.columns import Column, Kind
from inspector_app.ui.tables.view import RowsTable
from inspector_app.ui.theme.icons import IconLabel
from inspector_app.ui.theme.scaling import box
from inspector_app.ui.widgets.banners import NextBox
from inspector_app.ui.widgets.basic import (
    Elided,
    FactGrid,
    Panel,
    hair,
    label,
    scrolling,
)
from inspector_app.ui.widgets.buttons import button, icon_button, segments, tabs
from inspector_app.ui.widgets.cards import CountCard
from inspector_app.ui.widgets.chips import Chip, ChipRow
from inspector_app.ui.widgets.pills import Pill, Stepper
from inspector_app.ui.widgets.search import SearchBox
from inspector_app.ui.widgets.split import ListAndDetail
from tests.ui.fakes import TODAY


@dataclass(frozen=True)
class Row:
    """A case of the gallery; nothing in it is real."""

    no: str
    unit: str
    project: str
    county: str
    cause: str
    people: int
    yuan: str
    stage: str
    tone: str
    left: int | None


ROWS = [
    Row(
        "137号",
        "青禾建筑劳务有限公司",
        "城东安置房三标段",
        "湛河区",
        "拖欠农民工工资",
        37,
        "864,200.00",
        "责令改正",
        "warning",
        -2,
    ),
    Row(
        "129号",
        "恒岳市政工程有限公司",
        "沿河路改造工程",
        "新华区",
        "未按月足额支付",
        12,
        "217,350.00",
        "调查取证",
        "info",
        -1,
    ),
    Row(
        "141号",
        "锦程装饰工程有限公司",
        "翠湖花园二期精装",
        "卫东区",
        "拖欠农民工工资",
        18,
        "341,600.50",
        "责令改正",
        "warning",
        0,
    ),
    Row(
        "146号",
        "远峰建设集团有限公司",
        "产业园 B 区厂房",
        "汝州市",
        "未开设工资专户",
        64,
        "",
        "调查取证",
        "info",
        0,
    ),
    Row(
        "138号",
        "安泽物业服务有限公司",
        "",
        "新华区",
        "未订立劳动合同",
        9,
        "55,600.00",
        "调查取证",
        "info",
        2,
    ),
    Row(
        "142号",
        "立新园林绿化有限公司",
        "湿地公园一期",
        "鲁山县",
        "拖欠农民工工资",
        15,
        "172,440.00",
        "调查取证",
        "info",
        6,
    ),
    Row(
        "147号",
        "兴禾路桥工程有限公司",
        "国道改线二标",
        "郏县",
        "未实名登记",
        53,
        "",
        "登记受理",
        "neutral",
        14,
    ),
    Row(
        "108号",
        "瀚云纺织有限公司",
        "",
        "汝州市",
        "未缴社会保险",
        16,
        "84,500.00",
        "已结案",
        "success",
        None,
    ),
]


def deadline(row: Row) -> tuple[str, str]:
    """Words and tone of a deadline."""
    if row.left is None:
        return "—", "none"
    if row.left < 0:
        return f"超期 {-row.left} 天", "danger"
    if row.left == 0:
        return "今日到期", "warning"
    return f"剩 {row.left} 天", "warning" if row.left <= 3 else "neutral"


HOME = [
    Column[Row](
        "办理期限", lambda r: deadline(r)[0], 108, Kind.DEADLINE, tone=lambda r: deadline(r)[1]
    ),
    Column[Row](
        "单位 / 项目",
        lambda r: r.unit,
        260,
        Kind.TWO_LINE,
        stretch=True,
        sub=lambda r: f"{r.no}　{r.county}　{r.project}",
    ),
    Column[Row]("案由", lambda r: r.cause, 128, priority=3),
    Column[Row]("人数", lambda r: str(r.people), 60, Kind.NUMBER, 2),
    Column[Row]("涉及金额(元)", lambda r: r.yuan, 118, Kind.NUMBER),
    Column[Row]("阶段", lambda r: r.stage, 96, Kind.STAGE, tone=lambda r: r.tone),
]
LEDGER = [
    Column[Row]("期限", lambda r: deadline(r)[0], 92, Kind.DEADLINE, tone=lambda r: deadline(r)[1]),
    Column[Row]("案号", lambda r: f"平人社监〔2026〕{r.no}", 162),
    Column[Row]("用人单位", lambda r: r.unit, 170, stretch=True),
    Column[Row]("工程项目", lambda r: r.project, 132, priority=4),
    Column[Row]("属地", lambda r: r.county, 66, priority=3),
    Column[Row]("案由", lambda r: r.cause, 116, priority=2),
    Column[Row]("人数", lambda r: str(r.people), 54, Kind.NUMBER),
    Column[Row]("涉及金额(元)", lambda r: r.yuan, 108, Kind.NUMBER),
    Column[Row]("阶段", lambda r: r.stage, 90, Kind.STAGE, tone=lambda r: r.tone),
]


class HomeSample(Page):
    """Cards, a list with its detail."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "我的待办")
        self.head.set_hint("2026年11月20日 星期五，办理期限按工作日计算")
        self.head.add(context.actions.button("paper.new"))
        self.head.add(context.actions.button("clue.new", "primary"))
        self.cards = [
            CountCard("已超期", "warning_20", "danger"),
            CountCard("今日到期", "clock_alarm_20", "warning"),
            CountCard("三日内到期", "calendar_clock_20", "warning"),
            CountCard("待送达文书", "mail_20", "info"),
            CountCard("文书草稿", "document_signature_20", "violet"),
        ]
        row = box(QHBoxLayout(), spacing=12)
        hints = (
            "最久 2 天 · 青禾建筑劳务",
            "锦程装饰 · 远峰建设",
            "11月24日 安泽物业",
            "限期改正 2 · 约谈 1",
            "点开可继续填写",
        )
        for card, count, hint in zip(self.cards, (2, 2, 1, 4, 1), hints, strict=True):
            card.show_count(count, hint)
            row.addWidget(card, 1)
        self.cards[0].set_active(True)
        self.column.addLayout(row)
        self.table = RowsTable(HOME, lambda r: r.no, faded=lambda r: r.left is None, name="待办")
        self.table.show_rows(ROWS)
        self.table.selectRow(0)
        self.split = ListAndDetail(self._list(), self._detail())
        self.column.addWidget(self.split, 1)

    def _list(self) -> QWidget:
        panel = Panel((1, 1, 1, 1), 0)
        bar = box(QHBoxLayout(), (12, 10, 10, 8), 8)
        bar.addWidget(segments(["我承办的 8", "协办 2", "全大队 14"]))
        bar.addStretch()
        county = Chip("属地")
        county.set_options([("a", "湛河区"), ("b", "新华区")])
        bar.addWidget(county)
        bar.addWidget(icon_button("arrow_export_20", "导出 Excel（Ctrl+E）"))
        bar.addWidget(icon_button("print_20", "打印（Ctrl+P）"))
        panel.column.addLayout(bar)
        panel.column.addWidget(self.table, 1)
        return panel

    def _detail(self) -> QWidget:
        panel = Panel((18, 14, 18, 14), 10)
        head = box(QHBoxLayout(), spacing=8)
        head.addWidget(label("青禾建筑劳务有限公司", "detailTitle"))
        head.addWidget(Pill("超期 2 天", "danger"))
        head.addStretch()
        head.addWidget(icon_button("more_horizontal_20", "更多操作"))
        panel.column.addLayout(head)
        panel.column.addWidget(label("平人社监〔2026〕137号　城东安置房三标段", "body"))
        panel.column.addWidget(Stepper(["登记", "立案", "调查", "责令改正", "结案"], 3))
        feed = QWidget()
        column = box(QVBoxLayout(feed), spacing=12)
        step = NextBox()
        step.show_step(
            "下一步：核查整改情况",
            "限期改正指令书已于 11月11日送达，整改期限 11月18日届满，尚未录入复查结果。",
            [button("录入复查结果", "primary"), button("约谈通知书")],
        )
        column.addWidget(step)
        facts = FactGrid()
        facts.show_facts(
            [
                ("涉及人数", "37 人"),
                ("涉及金额", "864,200.00 元"),
                ("已清偿", "320,000.00 元（37%）", "success"),
                ("线索来源", "全国欠薪线索平台"),
                ("立案日期", "2026年10月9日"),
                ("承办人", "李明、赵强"),
            ]
        )
        column.addWidget(facts)
        column.addWidget(tabs(["经过", "文书 5", "劳动者 37", "附件 12"]))
        for name, title, meta, colour in (
            (
                "mail_20",
                "限期改正指令书送达",
                "11月11日 15:20　李明　直接送达，有回执",
                "info_solid",
            ),
            (
                "document_text_20",
                "制作限期改正指令书 第 58 号",
                "11月11日 09:05　李明",
                "neutral_solid",
            ),
        ):
            row = box(QHBoxLayout(), spacing=10)
            row.addWidget(IconLabel(name, colour, 20), 0, Qt.AlignmentFlag.AlignTop)
            words = box(QVBoxLayout())
            words.addWidget(Elided(title, "value"))
            words.addWidget(Elided(meta, "caption"))
            row.addLayout(words, 1)
            column.addLayout(row)
        column.addStretch()
        panel.column.addWidget(scrolling(feed), 1)
        return panel

    def fit(self, width: int, height: int) -> None:
        for card in self.cards:
            card.set_compact(height < 700)
        self.split.fit(width)

    def first_focus(self) -> QWidget:
        return self.table


class LedgerSample(Page):
    """The dense table with its filters and sums."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "案件台账")
        self.head.set_hint("本机 1,284 件，当前视图 8 件")
        self.head.add(button("打印", "", "print_20"))
        self.head.add(button("导出 Excel", "", "document_table_20"))
        self.head.add(context.actions.button("clue.new", "primary"))
        bar = box(QHBoxLayout(), spacing=8)
        bar.addWidget(SearchBox("筛选单位、项目、案号"))
        chips = [Chip(name) for name in ("阶段", "立案", "属地", "案由", "承办人")]
        chips[1].set_options([("2026", "2026年")])
        chips[1].set_chosen(("2026",))
        row = ChipRow(chips)
        row.sync()
        bar.addWidget(row, 1)
        bar.addWidget(button("保存为视图", "quiet", "bookmark_20"))
        self.column.addLayout(bar)
        panel = Panel((1, 1, 1, 1), 0)
        self.table = RowsTable(LEDGER, lambda r: r.no, grid=True, faded=lambda r: r.left is None)
        self.table.show_rows(ROWS)
        self.table.selectRow(2)
        panel.column.addWidget(self.table, 1)
        panel.column.addWidget(hair())
        foot = box(QHBoxLayout(), (12, 8, 14, 8), 18)
        foot.addWidget(label("已选 1 件", "body"))
        foot.addStretch()
        foot.addWidget(label("合计　8 件　224 人　1,735,690.50 元", "sectionTitle"))
        panel.column.addLayout(foot)
        self.column.addWidget(panel, 1)

    def first_focus(self) -> QWidget:
        return self.table


class FormSample(Page):
    """A paper's form with hints and an error."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context, "限期改正指令书")
        self.head.set_hint("平人社监〔2026〕137号　青禾建筑劳务有限公司　草稿已自动保存 09:41")
        self.head.add(button("存为草稿"))
        self.head.add(button("导出 PDF", "", "document_pdf_20"))
        self.head.add(button("编号并打印", "primary", "print_20", "Ctrl+P"))
        people = [
            Inspector("1", "李明", "410400", "410400", "豫0001"),
            Inspector("2", "赵强", "410400", "410400", "豫0007"),
        ]
        form = Form()
        form.section("当事人")
        unit = LineField("unit", "用人单位", required=True, hint="取自案件，改动只影响本文书")
        code = LineField("code", "统一社会信用代码", check=lambda _v: "应为 18 位，现有 17 位")
        form.add(unit, code)
        form.add(LineField("project", "工程项目"), LineField("head", "法定代表人（负责人）"))
        form.section("违法事实与改正要求")
        form.add(TextField("facts", "查明的事实", lines=2))
        money = MoneyField("money", "拖欠金额（元）", required=True)
        day = DateField("day", "改正期限届满日", today=lambda: TODAY)
        form.add(money, day)
        form.section("监察员（不少于二人）")
        first, second = InspectorField("a", "监察员", people), InspectorField("b", "监察员", people)
        form.add(first, second)
        form.set_values(
            {
                "unit": "青禾建筑劳务有限公司",
                "code": "91410400MA9XXXXX0",
                "project": "城东安置房三标段",
                "head": "周某",
                "facts": "未按约定支付张三等 37 名农民工 7 月至 9 月工资，共 864,200.00 元。",
                "money": 86_420_000,
                "day": TODAY.replace(day=18),
                "a": InspectorRef("李明", "豫0001"),
                "b": InspectorRef("赵强", "豫0007"),
            }
        )
        code.validate()
        form.column.addStretch()
        panel = Panel()
        panel.column.addWidget(scrolling(form))
        self.column.addWidget(panel, 1)
        self._facts = form.fields["facts"]

    def first_focus(self) -> QWidget:
        return self._facts
