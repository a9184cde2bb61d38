"""Rules a form names in its `checks`, one line each:

    total:amount=workers.owing   the money field equals the sum of a table column
    listed:amount=workers.owing  an amount asks for its table and a table for its amount
    count:people=workers         the number equals the rows of the table
    before:today<deadline        one date, or one time, before another; <= also allows the same;
                                 the word `today` stands for the day of issue
    workday:deadline             a remark, not a bar, when that day is not a working day
    single:party                 one unit or person, not a list of them
    others:co_parties=party      each row of the table names a party, none of them twice
    fines:amount=co_parties.fine what each party pays stands with it once the first pays anything

A rule is silent while one of its fields is empty: required fields speak for themselves. Only
`listed` and `fines` are about what is missing, and `total` about a sum that the text does not say.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from inspector_app.domain.money import yuan
from inspector_app.domain.paper_joint import NAME
from inspector_app.domain.paper_text import is_empty
from inspector_app.domain.papers import FieldType, PaperKind, PaperProblem, TableRow, Value, Values
from inspector_app.domain.term_words import date_text, weekday_text
from inspector_app.domain.workdays import WorkCalendar
from inspector_app.errors import UserError

TODAY = "today"


class _Draft(NamedTuple):
    """What a rule looks at."""

    kind: PaperKind
    values: Values
    today: date
    calendar: WorkCalendar

    def label(self, name: str) -> str:
        return "今天" if name == TODAY else f"“{self.kind.field(name).label}”"


def run_rule(
    rule: str, kind: PaperKind, values: Values, today: date, calendar: WorkCalendar
) -> list[PaperProblem]:
    """What the rule finds; UserError when the form's rule itself is wrong."""
    faults = rule_faults(rule, kind)
    if faults:
        raise UserError(f"“{kind.title}”的检查规则 {rule}：{faults[0]}")
    name, _, rest = rule.partition(":")
    found = _RULES[name]
    match = found.pattern.fullmatch(rest)
    if match is None or found.on_gaps not in (None, _has_gaps(match, values)):
        return []
    return list(found.run(match, _Draft(kind, values, today, calendar)))


def _has_gaps(match: re.Match[str], values: Values) -> bool:
    return any(part != TODAY and is_empty(values.get(part)) for part in _fields_of(match))


def rule_faults(rule: str, kind: PaperKind) -> list[str]:
    """Why a rule cannot be used with this form; empty when it can. Asked when a form loads."""
    name, _, rest = rule.partition(":")
    if name not in _RULES:
        return [f"不认识“{name}”，可用 {'、'.join(_RULES)}"]
    match = _RULES[name].pattern.fullmatch(rest)
    if match is None:
        return [f"应写成 {_RULES[name].shape}"]
    types = {field.id: field.type for field in kind.fields}
    faults = [
        f"没有字段 {part}" for part in _fields_of(match) if part not in types and part != TODAY
    ]
    return faults or list(_type_faults(name, match, kind))


def _type_faults(name: str, match: re.Match[str], kind: PaperKind) -> Iterator[str]:
    types = {field.id: field.type for field in kind.fields} | {TODAY: FieldType.DATE}
    wanted = _RULES[name].types
    for group, allowed in wanted.items():
        if types[match[group]] not in allowed:
            yield f"{match[group]} 不是{'或'.join(sorted(t.label for t in allowed))}"
    if name == "before" and types[match["first"]] is not types[match["later"]]:
        yield "日期和时间不能互相比较"
    if name in ("total", "listed", "fines") and not any(
        column.id == match["column"] and column.kind == "money"
        for column in kind.field(match["table"]).columns
    ):
        yield f"{match['table']} 没有金额列 {match['column']}"


def _fields_of(match: re.Match[str]) -> list[str]:
    return [part for group, part in match.groupdict().items() if group not in ("column", "sign")]


def _total(match: re.Match[str], draft: _Draft) -> Iterator[PaperProblem]:
    amount = draft.values.get(match["field"])
    rows = table_rows(draft.values.get(match["table"]))
    cells = [row.get(match["column"], "").strip() for row in rows]
    if not rows or not all(re.fullmatch(r"-?\d*", cell) for cell in cells):
        return  # a cell that is no number is told by the common checks
    total = sum(int(cell or "0") for cell in cells)
    if is_empty(amount):
        if total and f"listed:{match[0]}" not in draft.kind.checks:  # which would say so too
            yield _unsaid(match, draft)
    elif isinstance(amount, int) and total != amount:
        message = (
            f"{draft.label(match['field'])} {yuan(amount)} 元与"
            f"{draft.label(match['table'])}合计 {yuan(total)} 元不一致"
        )
        yield PaperProblem(match["field"], message)


def _listed(match: re.Match[str], draft: _Draft) -> Iterator[PaperProblem]:
    """Pay is ordered worker by worker: a sum without names cannot be obeyed, nor the reverse."""
    amount, rows = draft.values.get(match["field"]), draft.values.get(match["table"])
    if isinstance(amount, int) and amount > 0:
        yield PaperProblem(match["table"], "请先登记欠薪明细，金额要落实到人")
    elif is_empty(amount) and not is_empty(rows):
        yield _unsaid(match, draft)


def _unsaid(match: re.Match[str], draft: _Draft) -> PaperProblem:
    """A table has sums the text does not say."""
    message = f"请填写{draft.label(match['field'])}，应等于{draft.label(match['table'])}合计"
    return PaperProblem(match["field"], message)


def _count(match: re.Match[str], draft: _Draft) -> Iterator[PaperProblem]:
    number, rows = draft.values[match["field"]], table_rows(draft.values[match["table"]])
    if number != len(rows):
        message = (
            f"{draft.label(match['field'])} {number} 与"
            f"{draft.label(match['table'])}的 {len(rows)} 行不一致"
        )
        yield PaperProblem(match["field"], message)


def table_rows(value: Value) -> list[TableRow]:
    """The rows of a table field; none for a value of another type."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, tuple) else []


def _before(match: re.Match[str], draft: _Draft) -> Iterator[PaperProblem]:
    known = {**draft.values, TODAY: draft.today}
    first, later = str(known[match["first"]]), str(known[match["later"]])
    # ISO dates and HH:MM times sort as text.
    if first < later or (match["sign"] == "<=" and first == later):
        return
    field, other, relation = match["later"], match["first"], "晚于"
    if field == TODAY:
        field, other, relation = match["first"], match["later"], "早于"
    if match["sign"] == "<=":
        message = f"不能{'早于' if relation == '晚于' else '晚于'}{draft.label(other)}"
    else:
        message = f"应{relation}{draft.label(other)}"
    when = f"（{date_text(draft.today)}）" if other == TODAY else ""
    yield PaperProblem(field, f"{draft.label(field)}{message}{when}")


def _workday(match: re.Match[str], draft: _Draft) -> Iterator[PaperProblem]:
    day = draft.values[match["field"]]
    if not isinstance(day, date) or draft.calendar.is_working(day):
        return
    what = draft.calendar.holiday_name(day) or "休息日"
    message = f"{draft.label(match['field'])} {weekday_text(day)} 是{what}"
    yield PaperProblem(match["field"], message, blocking=False)


def _single(match: re.Match[str], draft: _Draft) -> Iterator[PaperProblem]:
    if re.search(r"[、，,；;\n]", str(draft.values[match["field"]]).strip()):
        message = f"{draft.label(match['field'])}只写一个，其余的另做一份"
        yield PaperProblem(match["field"], message)


def _others(match: re.Match[str], draft: _Draft) -> Iterator[PaperProblem]:
    table, label = match["table"], draft.label(match["table"])
    seen = {str(draft.values[match["field"]]).strip()}
    for number, row in enumerate(table_rows(draft.values[table]), 1):
        name = row.get(NAME, "").strip()
        if not name:
            yield PaperProblem(table, f"{label}第 {number} 行没有名称")
        elif name in seen:
            yield PaperProblem(table, f"{label}第 {number} 行“{name}”重复")
        seen.add(name)


def _fines(match: re.Match[str], draft: _Draft) -> Iterator[PaperProblem]:
    """Each is fined for itself (处罚法 59: what a decision says of its party)."""
    amount, table = draft.values.get(match["field"]), match["table"]
    cells = [row.get(match["column"], "").strip() for row in table_rows(draft.values.get(table))]
    if is_empty(amount) and any(cells):
        message = f"{draft.label(table)}写了罚款的，{draft.label(match['field'])}也要填"
        yield PaperProblem(match["field"], message)
    elif not is_empty(amount) and not all(cells):
        yield PaperProblem(table, f"{draft.label(table)}每一个都要写罚款，不罚款的写 0")


class _Rule(NamedTuple):
    """How a rule is written, what its fields must be, and what it does."""

    shape: str
    pattern: re.Pattern[str]
    types: dict[str, frozenset[FieldType]]
    run: Callable[[re.Match[str], _Draft], Iterator[PaperProblem]]
    # Asked when all its fields are filled; True: when one of them is empty, None: in any case.
    on_gaps: bool | None = False


_MOMENTS = frozenset({FieldType.DATE, FieldType.TIME})
# A sum and the column of a table it is held against.
_SUM = re.compile(r"(?P<field>\w+)=(?P<table>\w+)\.(?P<column>\w+)")
_SUM_TYPES = {"field": frozenset({FieldType.MONEY}), "table": frozenset({FieldType.TABLE})}
_RULES: dict[str, _Rule] = {
    "total": _Rule(
        "total:金额=明细表.列",
        _SUM,
        _SUM_TYPES,
        _total,
        on_gaps=None,
    ),
    "listed": _Rule(
        "listed:金额=明细表.列",
        _SUM,
        _SUM_TYPES,
        _listed,
        on_gaps=True,
    ),
    "count": _Rule(
        "count:数量=明细表",
        re.compile(r"(?P<field>\w+)=(?P<table>\w+)"),
        {"field": frozenset({FieldType.INTEGER}), "table": frozenset({FieldType.TABLE})},
        _count,
    ),
    "before": _Rule(
        "before:前<后 或 before:前<=后",
        re.compile(r"(?P<first>\w+)(?P<sign><=?)(?P<later>\w+)"),
        {"first": _MOMENTS, "later": _MOMENTS},
        _before,
    ),
    "workday": _Rule(
        "workday:日期",
        re.compile(r"(?P<field>\w+)"),
        {"field": frozenset({FieldType.DATE})},
        _workday,
    ),
    "single": _Rule(
        "single:单位",
        re.compile(r"(?P<field>\w+)"),
        {"field": frozenset({FieldType.LINE})},
        _single,
    ),
    "fines": _Rule(
        "fines:罚款=当事人表.列",
        _SUM,
        _SUM_TYPES,
        _fines,
        on_gaps=None,
    ),
    "others": _Rule(
        "others:当事人表=当事人",
        re.compile(r"(?P<table>\w+)=(?P<field>\w+)"),
        {"field": frozenset({FieldType.LINE}), "table": frozenset({FieldType.TABLE})},
        _others,
    ),
}
