"""What earlier papers of a case say of the same things as a draft: to take over, or to notice.

Two fields mean the same when they bear the same id and type and draw on the same fact of the case,
or bear the same label, or one paper stands on the other (`paper.KIND.number` is one of its
defaults). What differs from paper to paper by nature is left alone: its own days and deadlines,
standing words, words of the office, what was seen on one visit, remarks and opinions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from inspector_app.domain.money import yuan
from inspector_app.domain.paper_joint import JOINT, NAME, PARTY, names_text
from inspector_app.domain.paper_rules import table_rows
from inspector_app.domain.paper_text import is_empty, plain_text
from inspector_app.domain.papers import (
    Field,
    FieldType,
    Layout,
    PaperKind,
    PaperProblem,
    TableRow,
    Value,
    Values,
)
from inspector_app.domain.term_words import date_text
from inspector_app.domain.words import Word

SHOWN = 40  # characters of a value that a remark repeats


class Standing(Word):
    """How a draft stands to what was said before."""

    EMPTY = "empty", "未填"
    DIFFERENT = "different", "不一致"
    SAME = "same", "一致"


class Matter(Word):
    """What a field is about; a difference in anything but plain text must not pass unseen."""

    AMOUNT = "amount", "金额"
    COUNT = "count", "数量"
    NAME = "name", "名称"
    DATE = "date", "日期"
    ARTICLES = "articles", "条款"
    TEXT = "text", "文字"


@dataclass(frozen=True, slots=True)
class Earlier:
    """An issued paper of the same case, with the form it was made with."""

    paper_id: str
    kind: PaperKind
    number: str
    issued_on: date
    values: Values

    @property
    def called(self) -> str:
        """《限期改正指令书》（平人社监令字〔2026〕第1号，2026年9月28日）."""
        known = [part for part in (self.number, date_text(self.issued_on)) if part]
        return f"《{self.kind.title}》（{'，'.join(known)}）"


@dataclass(frozen=True, slots=True)
class Reuse:
    """A field of a draft with what the last earlier paper says there."""

    field: Field
    source: Earlier
    value: Value  # as the draft's field can take it
    standing: Standing
    matter: Matter

    @property
    def striking(self) -> bool:
        """A difference that is shown in the colour of a warning and told among the checks.

        Parties that are left out are one too: a decision binds whom it names.
        """
        if self.field.id == JOINT and self.standing is Standing.EMPTY:
            return True
        return self.standing is Standing.DIFFERENT and self.matter is not Matter.TEXT


def compare(kind: PaperKind, values: Values, earlier: Iterable[Earlier]) -> tuple[Reuse, ...]:
    """Each field of a draft that an earlier paper speaks of, in the order of the form.

    Papers to the same unit speak. Where there are only papers to others, they tell that the unit
    is another one, and offer plain text for what is still empty.
    """
    newest = sorted(earlier, key=lambda one: (one.issued_on, one.paper_id), reverse=True)
    own = [one for one in newest if not _to_another(kind, values, one)]
    strange = not own
    found = (_spoken(kind, field, values, own or newest) for field in kind.fields)
    return tuple(one for one in found if one is not None and (not strange or _harmless(one)))


def _harmless(one: Reuse) -> bool:
    if one.field.id == PARTY:
        return True
    return one.standing is Standing.EMPTY and one.matter is Matter.TEXT


def _to_another(kind: PaperKind, values: Values, one: Earlier) -> bool:
    here, there = values.get(PARTY), one.values.get(PARTY)
    if is_empty(here) or is_empty(there):
        return False
    new, old = _field(kind, PARTY), _field(one.kind, PARTY)
    return bool(new and old and same_meaning(new, kind, old, one.kind)) and not _equal(here, there)


def _field(kind: PaperKind, name: str) -> Field | None:
    return next((field for field in kind.fields if field.id == name), None)


def _spoken(
    kind: PaperKind, field: Field, values: Values, earlier: Sequence[Earlier]
) -> Reuse | None:
    """What the newest paper that speaks of a field says."""
    if by_nature(field):
        return None
    for one in earlier:
        old = _field(one.kind, field.id)
        if old is None or not same_meaning(field, kind, old, one.kind):
            continue
        if not old.default and _for_its_readers(kind, old, one.kind):
            continue
        said = _fitted(field, one.values.get(field.id))
        if not is_empty(said):
            here = values.get(field.id)
            return Reuse(field, one, said, _standing(field, here, said), matter_of(field))
    return None


def _for_its_readers(kind: PaperKind, old: Field, old_kind: PaperKind) -> bool:
    """What stands on that paper alone: said on one occasion, or of persons the others may not know
    (监察条例 9)."""
    if old_kind.layout is Layout.RECORD:
        return True
    short = old.type in {FieldType.LINE, FieldType.CHOICE}
    return short and old_kind.audience is not kind.audience


# ── what means the same ──────────────────────────────────────────────────────────────────────
_STANDING_WORDS = ("=", "setting.", "inspection.", "papers.", "today", "due.")
_KNOWN_DAYS = ("paper.", "case.")  # days that have passed, not the paper's own
_OF_ITS_STEP = frozenset(("note", "opinion", "proposal"))


def by_nature(field: Field) -> bool:
    """Whether a field differs from paper to paper by nature."""
    if field.type is FieldType.TIME or field.id in _OF_ITS_STEP:
        return True
    if field.type is FieldType.DATE:
        return not field.default.startswith(_KNOWN_DAYS)
    return field.default.startswith(_STANDING_WORDS)


def same_meaning(new: Field, new_kind: PaperKind, old: Field, old_kind: PaperKind) -> bool:
    """Whether two fields of the same id ask for the same thing."""
    if new.id != old.id or new.type is not old.type:
        return False
    drawn = {f"paper.{old_kind.id}.{old.id}", f"paper.{new_kind.id}.{new.id}"}
    if new.label == old.label or {new.default, old.default} & drawn:
        return True
    if new.default or old.default:
        return new.default == old.default
    return stands_on(new_kind, old_kind) or stands_on(old_kind, new_kind)


def stands_on(kind: PaperKind, other: PaperKind) -> bool:
    """Whether a paper names the number of another kind: a decision, its notice."""
    return any(field.default == f"paper.{other.id}.number" for field in kind.fields)


_NAMES = ("employer.name", "employer.legal_person", "employer.credit_code", "project.name")
_NAMED = frozenset(("attendee", JOINT))
_CITED = frozenset(("articles", "basis"))


def matter_of(field: Field) -> Matter:
    """What a field is about."""
    plain = {
        FieldType.MONEY: Matter.AMOUNT,
        FieldType.INTEGER: Matter.COUNT,
        FieldType.DATE: Matter.DATE,
        FieldType.INSPECTOR: Matter.NAME,
    }
    if field.type in plain:
        return plain[field.type]
    if field.id in _CITED:
        return Matter.ARTICLES
    return Matter.NAME if field.default in _NAMES or field.id in _NAMED else Matter.TEXT


# ── values ───────────────────────────────────────────────────────────────────────────────────
def _fitted(field: Field, value: Value) -> Value:
    """A value as the draft's field can hold it: its columns, its options."""
    if field.type is FieldType.TABLE:
        ids = [column.id for column in field.columns]
        return tuple({one: row.get(one, "") for one in ids} for row in table_rows(value))
    if field.type is FieldType.TICKS and isinstance(value, tuple):
        return tuple(one for one in value if isinstance(one, str) and one in field.options)
    if field.type is FieldType.CHOICE and value not in field.options:
        return None
    return value


def _standing(field: Field, here: Value, said: Value) -> Standing:
    if is_empty(here):
        return Standing.EMPTY
    if field.type is FieldType.TABLE:
        return Standing.SAME if _same_rows(here, said) else Standing.DIFFERENT
    return Standing.SAME if _equal(here, said) else Standing.DIFFERENT


def _same_rows(here: Value, said: Value) -> bool:
    """Columns only one of the forms has do not count, nor does the numbering."""
    one, other = table_rows(here), table_rows(said)
    used = {key for row in other for key, cell in row.items() if cell.strip()} - {"no"}

    def cells(rows: Sequence[TableRow]) -> list[list[str]]:
        return [[row.get(key, "").strip() for key in sorted(used)] for row in rows]

    return cells(one) == cells(other)


def _equal(one: Value, other: Value) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return "".join(one.split()) == "".join(other.split())
    return one == other


def shown(field: Field, value: Value) -> str:
    """A value in words, tables as their rows and sums."""
    if field.type is FieldType.TABLE:
        rows = table_rows(value)
        if field.id == JOINT and any(column.id == NAME for column in field.columns):
            return names_text(rows)
        return "，".join([f"{len(rows)} 行", *_sums(field, rows)]) if rows else ""
    if field.type is FieldType.MONEY and isinstance(value, int):
        return f"{yuan(value)} 元"
    return plain_text(value)


def _sums(field: Field, rows: Sequence[TableRow]) -> Iterator[str]:
    for column in field.columns:
        cells = [row.get(column.id, "").strip() for row in rows]
        if column.kind == "money" and any(cells) and all(one.isdigit() for one in cells if one):
            yield f"{column.title}合计 {yuan(sum(int(one or '0') for one in cells))} 元"


def hints(reuses: Iterable[Reuse], values: Values) -> tuple[PaperProblem, ...]:
    """Remarks on differences that must not pass unseen; none of them stops the issue."""
    return tuple(
        PaperProblem(one.field.id, _hint(one, values.get(one.field.id)), blocking=False)
        for one in reuses
        if one.striking
    )


def _hint(one: Reuse, here: Value) -> str:
    was, now = (_short(shown(one.field, value)) or "空" for value in (one.value, here))
    return f"“{one.field.label}”与此前{one.source.called}不一致：此前为{was}，现为{now}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}……"
