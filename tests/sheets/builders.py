"""Invented ledgers, wage lists and workbooks for the tests of sheets (演示数据)."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from stdnum.cn import ric, uscc

from inspector_app.domain.cases import Source, Stage
from inspector_app.domain.claims import Payer
from inspector_app.domain.parties import Investment, ProjectKind
from inspector_app.sheets.lines_out import CaseLine, ClaimLine, LedgerHead

TODAY = date(2026, 11, 22)
COUNTIES = ("新华区", "卫东区", "湛河区", "宝丰县", "叶县", "郏县")
TRADES = ("木工", "钢筋工", "瓦工", "架子工", "水电工")


def code(number: int) -> str:
    """A credit code with a right check digit."""
    body = f"91410400MA{number:07d}"
    return body + uscc.calc_check_digit(body)


def id_number(number: int) -> str:
    """An identity number with a right check digit."""
    body = f"410402{1970 + number % 30:04d}0{number % 9 + 1}1{number % 9 + 1}{number % 1000:03d}"
    return body + ric.calc_check_digit(body + "0")


def case_line(number: int = 1, **changes: object) -> CaseLine:
    """One invented case; what matters to a test is named by it."""
    filed = date(2026, 9, 1) + timedelta(days=number % 60)
    values: dict[str, object] = {
        "case_id": f"0190-{number:06d}",
        "case_no": f"平人社劳监立字〔2026〕第{number}号",
        "county": COUNTIES[number % len(COUNTIES)],
        "employer_name": f"平顶山市瑞禾第{number % 40}建筑劳务有限公司",
        "source": list(Source)[number % len(Source)],
        "stage": Stage.RECTIFICATION,
        "cause": "拖欠农民工工资",
        "project_name": f"云栖花园二期{number % 17}号楼工程",
        "credit_code": code(number % 40),
        "filed_on": filed,
        "due_national": filed + timedelta(days=84),
        "due_henan": filed + timedelta(days=30),
        "project_kind": ProjectKind.BUILDING,
        "investment": Investment.PRIVATE,
        "owner_name": "平顶山云栖置业有限公司",
        "general_name": "河南恒岳建设工程有限公司",
        "sub_name": f"平顶山市瑞禾第{number % 40}建筑劳务有限公司",
        "crew_name": "韩守义",
        "workers": 10 + number % 30,
        "amount_fen": 86_420_000 + number * 12_345,
        "period": "2026-03至2026-06",
        "lead_name": "宋明远",
        "assist_name": "郭书琴",
        "order_no": f"平人社劳监令字〔2026〕第{number}号",
        "order_served_on": filed + timedelta(days=10),
        "order_due": filed + timedelta(days=25),
        "paid_by": {Payer.GENERAL: 10_000_000, Payer.DEPOSIT: 5_000_000},
        "owing_fen": 71_420_000 + number * 12_345,
        "leader": "",
        "note": "",
    }
    return CaseLine(**{**values, **changes})  # type: ignore[arg-type]  # a builder takes any field


def claim_line(number: int = 1, **changes: object) -> ClaimLine:
    """One invented worker's claim."""
    values: dict[str, object] = {
        "claim_id": f"c-{number}",
        "name": ("张守田", "李秋菊", "王铁柱", "𬱖小满", "欧阳长庚")[number % 5],
        "due_fen": 2_400_000 + number * 1_001,
        "paid_fen": 800_000,
        "withheld_fen": 0,
        "id_number": id_number(number),
        "phone": f"1380375{number % 10000:04d}",
        "crew": "韩守义班组",
        "trade": TRADES[number % len(TRADES)],
        "period": "2026-03至2026-06",
        "bank": "中国农业银行平顶山分行",
        "bank_card": f"62284800780000{number:05d}",
    }
    return ClaimLine(**{**values, **changes})  # type: ignore[arg-type]  # a builder takes any field


def head(**changes: object) -> LedgerHead:
    """What stands above an invented ledger."""
    values: dict[str, object] = {
        "title": "平顶山市2026年11月拖欠农民工工资案件台账",
        "bureau": "平顶山市人力资源和社会保障局",
        "made_on": TODAY,
        "period": "2026年1月1日至2026年11月22日立案",
        "demo": True,
    }
    return LedgerHead(**{**values, **changes})  # type: ignore[arg-type]  # a builder takes any field


def workbook(
    path: Path,
    rows: Sequence[Sequence[object]],
    merges: Sequence[str] = (),
    name: str = "Sheet1",
) -> Path:
    """A workbook of those rows; `merges` as Excel writes them (A1:F1)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)
    book.save(path)
    return path


CLUE_UPPER = (
    "序号,平台线索编号,接收时间,用人单位,统一社会信用代码,项目名称,"
    "反映人,,,涉及,,来源渠道,诉求,备注"
)
CLUE_LOWER = ",,,,,,姓名,电话,身份证号,人数,金额,,,"
CLUE_HEADER = tuple([text or None for text in row.split(",")] for row in (CLUE_UPPER, CLUE_LOWER))
CLUE_MERGES = (
    *("A1:N1", "A2:G2", "H2:N2", "G3:I3", "J3:K3"),
    *(f"{letter}3:{letter}4" for letter in "ABCDEFLMN"),
)


def clue_row(number: int, amount: object, **changes: object) -> list[object]:
    """One line of the platform's clue ledger (documents.md 3.3)."""
    values: dict[str, object] = {
        "serial": number,
        "no": f"XS2026{number:04d}",
        "on": "2026.8.31",
        "employer": f"平顶山市瑞禾第{number}建筑劳务有限公司",
        "code": code(number),
        "project": "云栖花园二期",
        "person": "张 守",
        "phone": "13803750001",
        "id": id_number(number),
        "workers": "28人",
        "amount": amount,
        "source": "全国根治欠薪线索反映平台",
        "statement": "木工班组工资未结清",
        "note": None,
    }
    return list({**values, **changes}.values())


def clue_workbook(path: Path, rows: Sequence[Sequence[object]], unit: str = "元") -> Path:
    """The clue ledger as offices send it: title, unit line, two-level heading, sums, signatures."""
    width = len(CLUE_HEADER[0])
    above = [
        ["平顶山市2026年8月欠薪线索核处台账"] + [None] * (width - 1),
        ["填报单位（盖章）：平顶山市人力资源和社会保障局"]
        + [None] * 6
        + [f"单位：人、{unit}"]
        + [None] * (width - 8),
    ]
    below = [
        [None, "合  计", *[None] * (width - 2)],
        ["填报人：宋明远", *[None] * 5, "审核人：", *[None] * 3, "联系电话：", *[None] * 3],
    ]
    return workbook(path, [*above, *CLUE_HEADER, *rows, *below], CLUE_MERGES)
