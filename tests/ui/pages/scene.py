"""A small office on one November Friday: twenty invented cases in every stage, clues, papers."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from inspector_app.domain.cases import Case, Source
from inspector_app.domain.claims import Payer
from inspector_app.domain.clues import Clue, ClueState
from inspector_app.domain.office import Inspector
from inspector_app.domain.paper_values import dumps
from inspector_app.domain.papers import Paper, PaperState, ServiceMethod
from inspector_app.domain.terms import compute
from inspector_app.ledger.ids import new_id
from inspector_app.services import settings
from inspector_app.services.case_sheet import case_sheet
from inspector_app.services.cases import CaseForm, new_case
from inspector_app.services.claims import ClaimForm, SettlementForm, add_claims, settle, settle_all
from inspector_app.services.clues import ClueForm, conclude_clue, register_clue
from inspector_app.services.desk import Desk
from inspector_app.services.papers import start_draft
from inspector_app.services.service_records import ServiceForm, record_service
from inspector_app.services.todos import add_todo
from tests.helpers.desks import REACHED, on
from tests.helpers.steps import a_leader, close_case, step

TODAY = date(2026, 11, 20)  # a Friday
ORDER = "rectification_order"

Row = tuple[str, str, str, str, Source, int, int, str, int | None, int]
# employer, project, county, cause, source, workers, fen, stage, days left, who leads (0 or 1)
ROWS: tuple[Row, ...] = (
    ("青禾建筑劳务有限公司", "城东安置房三标段", "湛河区", "拖欠农民工工资",
     Source.NATIONAL, 6, 86_420_000, "served", -2, 0),
    ("恒岳市政工程有限公司", "沿河路改造工程", "新华区", "未按月足额支付",
     Source.HOTLINE_12345, 12, 21_735_000, "filed", -1, 0),
    ("锦程装饰工程有限公司", "翠湖花园二期精装", "卫东区", "拖欠农民工工资",
     Source.VISIT, 18, 34_160_050, "served", 0, 0),
    ("远峰建设集团有限公司", "产业园 B 区厂房", "汝州市", "未开设工资专户",
     Source.PATROL, 64, 0, "filed", 0, 0),
    ("安泽物业服务有限公司", "", "新华区", "未订立劳动合同",
     Source.PHONE, 9, 5_560_000, "filed", 3, 0),
    ("华垣建筑工程有限公司", "县医院门诊楼", "叶县", "拖欠农民工工资",
     Source.PROVINCIAL, 41, 102_880_000, "filed", 4, 1),
    ("立新园林绿化有限公司", "湿地公园一期", "鲁山县", "拖欠农民工工资",
     Source.VISIT, 15, 17_244_000, "filed", 6, 0),
    ("兴禾路桥工程有限公司", "国道改线二标", "郏县", "未实名登记",
     Source.GRID, 53, 0, "new", 5, 0),
    ("盛和餐饮管理有限公司", "", "卫东区", "克扣工资",
     Source.VISIT, 4, 960_000, "filed", 26, 0),
    ("同晖电子科技有限公司", "", "石龙区", "超时加班",
     Source.LETTER, 120, 0, "issued", 20, 1),
    ("广衡劳务派遣有限公司", "", "舞钢市", "未缴纳保证金",
     Source.TRANSFER, 28, 30_000_000, "filed", 17, 1),
    ("嘉木食品有限公司", "", "湛河区", "未订立劳动合同",
     Source.PHONE, 7, 1_890_000, "new", 7, 1),
    ("鼎铭钢构有限公司", "仓储物流园钢结构", "宝丰县", "拖欠农民工工资",
     Source.VISIT, 22, 45_310_000, "drafted", 21, 1),
    ("瑞丰机械制造有限公司", "", "宝丰县", "克扣工资",
     Source.VISIT, 6, 4_283_000, "filed", 13, 1),
    ("九陌装饰有限公司", "写字楼公区改造", "新华区", "拖欠农民工工资",
     Source.VISIT, 5, 13_200_000, "paid", 12, 0),
    ("华晟幕墙工程有限公司", "会展中心幕墙", "湛河区", "拖欠农民工工资",
     Source.NATIONAL, 33, 51_800_000, "filed", 28, 1),
    ("东序建筑劳务有限公司", "中学宿舍楼", "叶县", "拖欠农民工工资",
     Source.SUPERIOR, 4, 67_900_000, "closed", None, 1),
    ("瀚云纺织有限公司", "", "汝州市", "未缴社会保险",
     Source.PHONE, 3, 8_450_000, "closed", None, 1),
    ("清远保安服务有限公司", "", "卫东区", "超时加班",
     Source.HOTLINE_12333, 2, 2_640_000, "closed", None, 0),
    ("博远置业有限公司", "滨河花园", "新华区", "未开设工资专户",
     Source.PETITION, 3, 7_000_000, "closed", None, 0),
)  # fmt: skip

SURNAMES = "向龙覃单仇曾解查盖乐尉区任纪"
GIVEN = ("大山", "田野", "小河", "远行", "有余", "放牛", "秋实", "长庚", "子衿", "望舒")


@dataclass
class Scene:
    """The office and what the tests ask for by name."""

    desk: Desk
    people: tuple[Inspector, Inspector]
    cases: dict[str, Case]
    clues: dict[str, Clue]


def county_code(desk: Desk, name: str) -> str:
    """The code of a county by its name."""
    return next(code for code, one in desk.library.divisions.items() if one.name == name)


def inspectors(desk: Desk) -> tuple[Inspector, Inspector]:
    """李明 sits here, 赵强 beside him."""
    for name, number in (("李明", "演示YS-0001"), ("赵强", "演示YS-0002")):
        settings.save_inspector(desk, Inspector("", name, desk.city, desk.city, number, "监察一科"))
    settings.save(desk, REACHED)
    first, second = sorted(settings.inspectors(desk), key=lambda one: one.certificate)
    return first, second


def build(desk: Desk, rows: tuple[Row, ...] = ROWS) -> Scene:
    """Enter everything through the services, each step on its own day."""
    people = inspectors(desk)
    a_leader(desk)
    desk = replace(desk, actor="李明", actor_id=people[0].id)
    cases = {row[0]: _case(desk, people, row) for row in rows}
    return Scene(desk, people, cases, _clues(desk))


def _case(desk: Desk, people: tuple[Inspector, Inspector], row: Row) -> Case:
    employer, project, county, cause, source, workers, fen, stage, left, lead = row
    due = TODAY + timedelta(days=left if left is not None else 40)
    filed = _start_for(desk, due, stage)
    listed = stage in ("served", "paid", "closed")
    form = CaseForm(
        employer=f"{employer}（演示）",
        scope=county_code(desk, county),
        source=source,
        cause=cause,
        received_on=filed if stage == "new" else filed - timedelta(days=3),
        project=f"{project}（演示）" if project else "",
        workers=workers,
        amount_fen=fen or None,
        lead_id=people[lead].id,
        assist_id=people[1 - lead].id,
        facts=f"{workers} 人反映{cause}。",
    )
    case = new_case(on(desk, filed), form)
    if stage == "new":
        return case
    case = step(on(desk, filed), case.id, "file", filed)
    if listed and fen:
        _list_workers(on(desk, filed), case, workers, fen)
    return _further(desk, case, stage, filed, due)


def _further(desk: Desk, case: Case, stage: str, filed: date, due: date) -> Case:
    if stage == "drafted":
        start_draft(desk, case.id, ORDER)
    elif stage == "issued":
        issued_paper(on(desk, TODAY - timedelta(days=1)), case, ORDER, 44, due)
    elif stage == "served":
        served = due - timedelta(days=7)
        paper = issued_paper(on(desk, served), case, ORDER, 58 + (due - TODAY).days, due)
        serve(on(desk, served), case, paper)
        case = step(on(desk, served), case.id, "order", served)
        _pay_some(desk, case)
    elif stage == "paid":
        settle_all(desk, case.id, TODAY - timedelta(days=1), Payer.EMPLOYER)
    elif stage == "closed":
        settle_all(desk, case.id, TODAY - timedelta(days=9), Payer.EMPLOYER)
        day = TODAY - timedelta(days=8)
        if case.source is Source.SUPERIOR:
            for fact in ("site_visit", "met_party", "opinion"):
                step(on(desk, day), case.id, fact, day, "已告知处理意见")
        case = close_case(on(desk, day), case.id, day, "工资已全部清偿")
    return case


def _start_for(desk: Desk, due: date, stage: str) -> date:
    """The latest working day from which the first clock ends on `due` or just after it."""
    if stage in ("served", "closed"):
        return date(2026, 10, 26)
    rules = ("D01",) if stage == "new" else ("D05", "D06")
    terms = [desk.library.terms[rule] for rule in rules]
    day = min(due, TODAY)
    while True:
        ends = min(compute(term, day, desk.library.calendar).due for term in terms)
        if ends <= due and desk.library.calendar.is_working(day):
            return day
        day -= timedelta(days=1)


def _list_workers(desk: Desk, case: Case, count: int, fen: int) -> None:
    share, rest = divmod(fen, count)
    forms = []
    for n in range(count):
        name = SURNAMES[n % len(SURNAMES)] + GIVEN[(n * 3) % len(GIVEN)]
        forms.append(
            ClaimForm(
                name=name,
                due_fen=share + (rest if n == 0 else 0),
                id_number="410499197803120113" if n == 0 else "",
                phone=f"139000000{n:02d}",
                bank="某银行平顶山分行",
                bank_card="6217000000000000001" if n == 0 else "",
                trade=("木工", "钢筋工", "架子工")[n % 3],
                period_from="2026-06",
                period_to="2026-08",
            )
        )
    add_claims(desk, case.id, forms)


def _pay_some(desk: Desk, case: Case) -> None:
    row = case_sheet(desk, case.id).claims[0]
    settle(desk, case.id, [SettlementForm(row.claim.id, row.owing_fen // 2, TODAY)])


def issued_paper(desk: Desk, case: Case, kind: str, number: int, deadline: date) -> Paper:
    """A paper as if issued on the desk's day; its page is not the subject here."""
    paper = Paper(
        id=new_id(),
        case_id=case.id,
        kind=kind,
        form_version=desk.library.kinds[kind].version,
        state=PaperState.ISSUED,
        values=dumps({"deadline": deadline}, desk.library.kinds[kind]),
        number=f"平人社监令字〔2026〕第{number}号",
        issued_on=desk.today(),
        issued_by=desk.actor,
        sha256="0" * 64,
        pages=1,
    )
    with desk.work("制发限期改正指令书") as uow:
        uow.add(paper)
        uow.commit()
    return paper


def serve(desk: Desk, case: Case, paper: Paper) -> None:
    """Service in person on the desk's day."""
    form = ServiceForm((paper.id,), ServiceMethod.DIRECT, desk.today(), receiver="吴演示")
    record_service(desk, case.id, form)


def _clues(desk: Desk) -> dict[str, Clue]:
    made: dict[str, Clue] = {}
    rows = (
        ("澄江建筑劳务有限公司", "滨江大道改造", "湛河区", 3_260_000, "32600元", "向大山", 2),
        ("澄江建筑劳务有限公司", "滨江大道改造", "湛河区", 1_184_000, "11840元", "覃小河", 2),
        ("澄江建筑劳务有限公司", "滨江大道改造", "湛河区", None, "约2万元", "单田野", 1),
        ("恒泰商贸有限公司", "", "新华区", 886_000, "8860元", "仇远行", 4),
        ("永安物业服务有限公司", "", "卫东区", 512_000, "5120元", "", 9),
    )
    for number, (unit, project, county, fen, written, person, ago) in enumerate(rows):
        form = ClueForm(
            source=(Source.NATIONAL, Source.VISIT, Source.HOTLINE_12345)[number % 3],
            received_on=TODAY - timedelta(days=ago),
            employer_name=f"{unit}（演示）",
            scope=county_code(desk, county),
            project_name=f"{project}（演示）" if project else "",
            cause="拖欠农民工工资" if project else "克扣工资",
            statement="三个月工资没有结清，联系电话 13900000001",
            workers=1,
            amount_fen=fen,
            amount_written=written,
            period_from="2026-07",
            period_to="2026-09",
            person_name=person,
            person_phone="13900000001" if person else "",
            person_id_number="410499197803120113" if person and number != 1 else "",
            confidential=number != 1,
        )
        clue = register_clue(desk, form)
        made[f"{unit}{number}"] = clue
    last = list(made.values())[-1]
    conclude_clue(desk, last.id, ClueState.SETTLED, TODAY, "经协调，工资已当场付清", "已电话告知")
    return made


def with_todo(scene: Scene, employer: str, title: str, due: date) -> None:
    """A to-do of a case."""
    add_todo(scene.desk, scene.cases[employer].id, title, due)
