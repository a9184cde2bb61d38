"""The columns of the case ledger and of the wage list, in the order offices file them."""

from collections.abc import Callable

from inspector_app.domain.cases import Source, Stage
from inspector_app.domain.claims import Payer
from inspector_app.domain.parties import Investment, ProjectKind
from inspector_app.domain.words import Word
from inspector_app.sheets.lines_out import ORDER, CaseLine, ClaimLine
from inspector_app.sheets.style_out import OutKind
from inspector_app.sheets.table_out import OutColumn

T, C, D, N, M, G, S = (
    OutKind.TEXT,
    OutKind.CENTRE,
    OutKind.DATE,
    OutKind.COUNT,
    OutKind.MONEY,
    OutKind.DIGITS,
    OutKind.SERIAL,
)


def _label(word: Word | None) -> str:
    return word.label if word else ""


def _labels(words: type[Word]) -> tuple[str, ...]:
    return tuple(word.label for word in words)


def _paid(*payers: Payer) -> Callable[[CaseLine], int | None]:
    def value(line: CaseLine) -> int | None:
        found = [line.paid_by[payer] for payer in payers if payer in line.paid_by]
        return sum(found) if found else None

    return value


def _remark(line: CaseLine) -> str:
    """An amount that is no number stands in the remarks as it was written, never as a figure."""
    unclear = f"涉及金额写作“{line.amount_written}”" if line.amount_fen is None else ""
    return "；".join(text for text in (unclear if line.amount_written else "", line.note) if text)


def case_columns(
    overdue: Callable[[CaseLine], bool], *, masked: bool = False, order: str = ORDER
) -> list[OutColumn[CaseLine]]:
    """Columns of the case ledger. Unit and project come first so that they can stay in view.

    Remarks are free text that may name anybody: they do not leave the office. `order` is what the
    bureau calls its orders.
    """
    columns = [
        *_matter_columns(),
        *_order_columns(overdue, order),
        *_money_columns(),
        *_end_columns(),
    ]
    return [column for column in columns if not (masked and column.id == "note")]


def _matter_columns() -> list[OutColumn[CaseLine]]:
    """Who, where, since when, and how much is at stake."""
    limits = "办案期限"
    return [
        OutColumn("serial", "序号", 5, S, lambda _: 1, keep=True),
        OutColumn("case_no", "案件号", 12, C, lambda c: c.case_no, keep=True),
        OutColumn("county", "县区", 7, C, lambda c: c.county, keep=True),
        OutColumn("employer_name", "欠薪责任主体", 14, T, lambda c: c.employer_name, keep=True),
        OutColumn("project_name", "项目名称", 14, T, lambda c: c.project_name, keep=True),
        OutColumn("credit_code", "统一社会信用代码", 10.5, G, lambda c: c.credit_code),
        OutColumn("cause", "案由", 7, T, lambda c: c.cause),
        OutColumn(
            "source", "案件来源", 8, C, lambda c: c.source.label, choices=_labels(Source), keep=True
        ),
        OutColumn("filed_on", "立案日期", 10.5, D, lambda c: c.filed_on, keep=True),
        OutColumn("due_national", "国家规定", 10.5, D, lambda c: c.due_national, limits),
        OutColumn("due_henan", "河南规定", 10.5, D, lambda c: c.due_henan, limits),
        OutColumn("extended_to", "延长至", 10.5, D, lambda c: c.extended_to, limits),
        OutColumn(
            "project_kind",
            "项目类型",
            4.9,
            C,
            lambda c: _label(c.project_kind),
            choices=_labels(ProjectKind),
        ),
        OutColumn(
            "investment",
            "投资性质",
            4.9,
            C,
            lambda c: _label(c.investment),
            choices=_labels(Investment),
        ),
        OutColumn("owner_name", "建设单位", 12, T, lambda c: c.owner_name),
        OutColumn("general_name", "总包单位", 12, T, lambda c: c.general_name),
        OutColumn("sub_name", "分包/劳务单位", 12, T, lambda c: c.sub_name),
        OutColumn("crew_name", "班组长", 7, C, lambda c: c.crew_name),
        OutColumn("workers", "人数", 6, N, lambda c: c.workers, "涉及", keep=True, summed=True),
        OutColumn(
            "amount_fen", "金额", 13, M, lambda c: c.amount_fen, "涉及", keep=True, summed=True
        ),
    ]


def _order_columns(overdue: Callable[[CaseLine], bool], order: str) -> list[OutColumn[CaseLine]]:
    """Who handles it and what was ordered."""
    return [
        OutColumn("period", "欠薪期间", 9, C, lambda c: c.period),
        OutColumn("lead_name", "主办", 7, C, lambda c: c.lead_name),
        OutColumn("assist_name", "协办", 7, C, lambda c: c.assist_name),
        OutColumn("order_no", "字号", 12, C, lambda c: c.order_no, order),
        OutColumn("order_served_on", "送达日", 10.5, D, lambda c: c.order_served_on, order),
        OutColumn("order_due", "期限", 10.5, D, lambda c: c.order_due, order),
        OutColumn("overdue", "超期", 5, C, lambda c: "超期" if overdue(c) else "", order),
    ]


def _money_columns() -> list[OutColumn[CaseLine]]:
    """What has been paid, from which source, and what is left."""
    paid, other = "已支付", (Payer.PRESALE, Payer.OTHER)
    return [
        OutColumn("paid_fen", "合计", 13, M, lambda c: c.paid_fen, paid, keep=True, summed=True),
        OutColumn("paid_employer", "用人单位", 12, M, _paid(Payer.EMPLOYER), paid, summed=True),
        OutColumn("paid_general", "总包清偿", 12, M, _paid(Payer.GENERAL), paid, summed=True),
        OutColumn("paid_owner", "建设单位清偿", 12, M, _paid(Payer.OWNER), paid, summed=True),
        OutColumn("paid_deposit", "工资保证金", 12, M, _paid(Payer.DEPOSIT), paid, summed=True),
        OutColumn("paid_fund", "应急周转金", 12, M, _paid(Payer.FUND), paid, summed=True),
        OutColumn("paid_other", "其他来源", 12, M, _paid(*other), paid, summed=True),
        OutColumn("owing_fen", "未支付", 13, M, lambda c: c.owing_fen, keep=True, summed=True),
    ]


def _end_columns() -> list[OutColumn[CaseLine]]:
    """How it stands."""
    return [
        OutColumn(
            "stage", "状态", 4.9, C, lambda c: c.stage.label, choices=_labels(Stage), keep=True
        ),
        OutColumn("closed_on", "结案日期", 10.5, D, lambda c: c.closed_on),
        OutColumn("leader", "包案领导", 7, C, lambda c: c.leader),
        OutColumn("note", "备注", 13, T, _remark, keep=True),
    ]


def claim_columns(*, masked: bool) -> list[OutColumn[ClaimLine]]:
    """Columns of the wage list; no place to sign and no remarks where it leaves the office."""
    columns: list[OutColumn[ClaimLine]] = [
        OutColumn("serial", "序号", 5, S, lambda _: 1, keep=True),
        OutColumn("name", "姓名", 9, C, lambda c: c.name, keep=True),
        OutColumn("id_number", "身份证号", 20.5, G, lambda c: c.id_number, keep=True),
        OutColumn("phone", "联系电话", 13, G, lambda c: c.phone),
        OutColumn("crew", "班组", 10, C, lambda c: c.crew),
        OutColumn("trade", "工种", 8, C, lambda c: c.trade),
        OutColumn("due_fen", "应发", 13, M, lambda c: c.due_fen, "工资", keep=True, summed=True),
        OutColumn("paid_fen", "已发", 13, M, lambda c: c.paid_fen, "工资", keep=True, summed=True),
        OutColumn(
            "withheld_fen", "代扣", 12, M, lambda c: c.withheld_fen, "工资", keep=True, summed=True
        ),
        OutColumn(
            "owing_fen",
            "欠发",
            13,
            M,
            lambda c: c.owing_fen,
            "工资",
            keep=True,
            summed=True,
            formula=("due_fen", "paid_fen", "withheld_fen"),
        ),
        OutColumn("settled_fen", "其后已付", 13, M, lambda c: c.settled_fen, "清偿", summed=True),
        OutColumn("period", "欠薪月份", 16, C, lambda c: c.period, keep=True),
        OutColumn("bank", "开户行", 16, T, lambda c: c.bank),
        OutColumn("bank_card", "银行卡号", 22, G, lambda c: c.bank_card),
    ]
    if not masked:
        columns.append(OutColumn("sign", "本人签名捺印", 14, T, lambda _: "", keep=True))
        columns.append(OutColumn("note", "备注", 12, T, lambda c: c.note, keep=True))
    return columns
