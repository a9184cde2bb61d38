"""Due dates counted day by day, as slowly as on paper: what the fast engine is held against."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from inspector_app.domain.term_words import date_text, off_days_text, runs_text, weekday_text
from inspector_app.domain.terms import Direction, Due, Rolling, Stop, Term, TermUnit
from inspector_app.domain.workdays import WorkCalendar

DAY = timedelta(days=1)
BY = {Rolling.LAW: "依法", Rolling.SETTING: "按本局设置", Rolling.NO: ""}


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def month_later(start: date, months: int) -> date:
    year, month = start.year, start.month
    for _ in range(abs(months)):
        month += 1 if months > 0 else -1
        year, month = (
            (year + 1, 1) if month == 13 else (year - 1, 12) if month == 0 else (year, month)
        )
    for number in range(start.day, 27, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    return date(year, month, start.day)


class Reference:
    """One term counted from one day on."""

    def __init__(
        self,
        term: Term,
        start: date,
        calendar: WorkCalendar,
        extended: bool,
        stops: Sequence[Stop],
    ) -> None:
        self.term, self.start, self.calendar = term, start, calendar
        self.stopped = {day for first, last in stops for day in days(first, last)}
        self.any_stop = bool(stops)
        self.back = term.direction is Direction.BACKWARD
        self.extended = extended
        self.passed: list[date] = []
        self.needed: list[date] = []

    def runs(self, day: date) -> bool:
        return day not in self.stopped

    def works(self, day: date) -> bool:
        return self.calendar.is_working(day) and self.runs(day)

    def forward(self, start: date, length: int, unit: TermUnit) -> date:
        day, left = start, length
        if unit in (TermUnit.MONTHS, TermUnit.YEARS):
            end = month_later(start, length * (12 if unit is TermUnit.YEARS else 1))
            day = start
            while day < end:
                day += DAY
                if not self.runs(day):
                    end += DAY
            return end
        self.needed += [start + DAY] if unit is TermUnit.WORKING_DAYS else []
        while left:
            day += DAY
            counts = self.works(day) if unit is TermUnit.WORKING_DAYS else self.runs(day)
            left -= counts
            if unit is TermUnit.WORKING_DAYS and not self.calendar.is_working(day):
                self.passed += [day] if self.runs(day) else []
        self.needed += [day] if unit is TermUnit.WORKING_DAYS else []
        return day

    def backward(self, event: date, length: int, unit: TermUnit) -> date:
        if unit is not TermUnit.WORKING_DAYS:
            months = {TermUnit.MONTHS: 1, TermUnit.YEARS: 12}.get(unit)
            return month_later(event, -length * months) if months else event - length * DAY
        day, between = event, 0
        while between < length or not self.calendar.is_working(day):
            between += self.calendar.is_working(day)
            self.passed += [] if self.calendar.is_working(day) else [day]
            day -= DAY
        self.needed += [day, event]
        return day

    def rolled(self, landed: date) -> date:
        if not self.term.rolls:
            return landed
        end = landed
        self.needed.append(end)
        while not (self.calendar.is_working(end) if self.back else self.works(end)):
            if not self.calendar.is_working(end) and (self.back or self.runs(end)):
                self.passed.append(end)
            end += -DAY if self.back else DAY
            self.needed.append(end)
        return end

    def due(self) -> Due:
        term = self.term
        assert term.length is not None
        count = self.backward if self.back else self.forward
        parts = [(term.length, term.unit)]
        landed = count(self.start, *parts[0])
        end = base = self.rolled(landed)
        longer = None
        if self.extended and term.extension is not None:
            self.passed, self.needed = [], []
            landed = self.start
            for part in (*parts, (term.extension, term.extension_unit or term.unit)):
                landed = count(landed, *part)
            end = longer = self.rolled(landed)
        unknown = not all(self.calendar.known(day) for day in self.needed)
        skipped = tuple(sorted(self.passed)) if self.back else tuple(self.passed)
        why = self.why(landed, end, skipped, unknown)
        return Due(term, self.start, base, longer, end != landed, unknown, skipped, why)

    def why(self, landed: date, end: date, skipped: tuple[date, ...], unknown: bool) -> str:
        term, calendar = self.term, self.calendar
        parts = [f"{term.name}（{term.id}）：{term.start_event} {weekday_text(self.start)}"]
        length = f"{term.length} {term.unit.label}" + ("（本局设置）" if term.setting else "")
        parts.append(f"倒推 {length}" if self.back else f"当日不计，{length}")
        if self.extended:
            unit = term.extension_unit or term.unit
            who = f"（须经{term.extension_approver}批准）" if term.extension_approver else ""
            longer = f"，延长 {term.extension} {unit.label}{who}"
            parts[-1] += longer if term.extension else "（本条没有延长的规定）"
        if self.any_stop and self.back:
            parts.append("倒推的期限不因中止变动")
        elif passed := [day for day in sorted(self.stopped) if self.start < day <= end]:
            parts.append(f"中止计时 {runs_text(passed)}共 {len(passed)} 天")
        if skipped:
            head = "最后一日逢" if end != landed else "跳过"
            parts.append(f"{head} {off_days_text(skipped, calendar.holiday_name)}")
        if term.unit is TermUnit.WORKING_DAYS:
            span = days(*(end + DAY, self.start) if self.back else (self.start + DAY, end))
            worked = [d for d in span if calendar.is_makeup(d) and (self.back or self.runs(d))]
            parts += [f"{runs_text(worked)}调休上班，计入"] if worked else []
        parts.append(self.finish(landed, end))
        parts.append(f"依据{term.article}")
        early = self.start < term.effective_from
        since = date_text(term.effective_from)
        parts += [f"本条自{since}起施行，起算日在此之前"] if early else []
        if unknown:
            years = f"{calendar.first_year}年至{calendar.last_year}"
            parts.append(f"工作日历只有 {years}年的放假安排，此日期为暂定")
        return "；".join(parts) + "。"

    def finish(self, landed: date, end: date) -> str:
        if end != landed:
            return f"{BY[self.term.rolling]}{'提前' if self.back else '顺延'}至 {weekday_text(end)}"
        text = f"{'最迟' if self.back else '到期'} {weekday_text(end)}"
        counted = self.term.unit is TermUnit.WORKING_DAYS or self.term.rolls
        if counted or self.calendar.is_working(end):
            return text
        return f"{text}，{BY[self.term.rolling] or '逢休息日'}不顺延"


def reference(
    term: Term,
    start: date,
    calendar: WorkCalendar,
    *,
    extended: bool = False,
    stops: Sequence[Stop] = (),
) -> Due:
    """What `compute` must give, day by day."""
    return Reference(term, start, calendar, extended, stops).due()
