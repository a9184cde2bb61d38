"""Turns domain values into rows of the ledger and back, for every stored dataclass."""

import dataclasses
import json
import re
import types
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Generic, Protocol, TypeVar, Union, get_args, get_origin, get_type_hints

from sqlalchemy import RowMapping, Table

from inspector_app.domain.access import AccessEntry
from inspector_app.domain.bureau_law import (
    CalendarYear,
    DiscretionBand,
    LawPack,
    RuleChoice,
    StatuteArticle,
    StatuteText,
)
from inspector_app.domain.campaigns import Campaign, Fund
from inspector_app.domain.cases import Case
from inspector_app.domain.claims import Settlement, WageClaim, Worker, WorkerPrivate
from inspector_app.domain.clues import Clue, CluePerson
from inspector_app.domain.events import CaseEvent
from inspector_app.domain.inspections import Evidence, Inspection, ItemAnswer
from inspector_app.domain.looks import CaseLook
from inspector_app.domain.office import Inspector, Setting, Todo
from inspector_app.domain.papers import NumberEntry, Paper, Service
from inspector_app.domain.parties import Employer, Project, ProjectParty
from inspector_app.domain.templates import Template
from inspector_app.domain.words import Word
from inspector_app.ledger.saved import ImportMapping, SavedView
from inspector_app.ledger.schema import metadata

# Every stored type with the word that names it to an inspector.
STORED: dict[type[Any], str] = {
    Case: "案件",
    Clue: "线索",
    CluePerson: "反映人",
    Employer: "单位",
    Project: "项目",
    ProjectParty: "参建单位",
    Worker: "劳动者",
    WorkerPrivate: "劳动者身份信息",
    WageClaim: "工资明细",
    Settlement: "支付记录",
    Service: "送达记录",
    Todo: "待办",
    Inspection: "检查",
    ItemAnswer: "检查项",
    Evidence: "证据",
    Paper: "文书",
    NumberEntry: "文号",
    Inspector: "监察员",
    Setting: "设置",
    Campaign: "专项行动",
    Template: "文书模板",
    Fund: "周转金",
    SavedView: "视图",
    ImportMapping: "导入对应",
    CaseEvent: "办案步骤",
    CaseLook: "同时改动",
    RuleChoice: "本局口径",
    DiscretionBand: "裁量档次",
    CalendarYear: "放假安排",
    StatuteText: "法规原文",
    StatuteArticle: "法规条文",
    LawPack: "规则包",
    AccessEntry: "查看记录",
}


class Entity(Protocol):
    """Anything the ledger stores: a frozen dataclass with an id."""

    @property
    def id(self) -> str:
        """The row's id, a UUIDv7."""


T = TypeVar("T", bound=Entity)
Cell = str | int | None
Turn = Callable[[Any], Any]


def table_name(cls: type[object]) -> str:
    """WageClaim -> wage_claim."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()


def _write_many(value: tuple[str, ...]) -> str:
    return json.dumps(list(value), ensure_ascii=False)


def read_many(value: str) -> tuple[str, ...]:
    """The texts of a stored JSON array."""
    return tuple(json.loads(value))


def _turns(hint: Any) -> tuple[Turn, Turn] | None:
    """How a field of that type is (written, read); None when it is stored as it is."""
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (one for one in get_args(hint) if one is not type(None))
        turns = _turns(inner)
        if turns is None:
            return None
        write, read = turns
        return (
            lambda value: None if value is None else write(value),
            lambda value: None if value is None else read(value),
        )
    if get_origin(hint) is tuple:
        return _write_many, read_many
    if hint in (str, int):
        return None
    if hint is bool:
        return int, bool
    if hint is date:
        return date.isoformat, date.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Word):
        return (lambda member: member.value), hint
    raise TypeError(f"no storage for {hint}")


class Mapper(Generic[T]):
    """Knows one dataclass and its table."""

    def __init__(self, cls: type[T]) -> None:
        if cls not in STORED:
            raise TypeError(f"{cls.__name__} is not stored")
        self.type = cls
        self.table: Table = metadata.tables[table_name(cls)]
        hints = get_type_hints(cls)
        self.names = tuple(hints)
        self.columns = [self.table.c[name] for name in self.names]
        turns = {name: pair for name in hints if (pair := _turns(hints[name])) is not None}
        self.write = {name: pair[0] for name, pair in turns.items()}
        self.read = {name: pair[1] for name, pair in turns.items()}

    def cell(self, name: str, value: object) -> Cell:
        """One field's value as it is stored."""
        turn = self.write.get(name)
        stored: Cell = value if turn is None else turn(value)  # type: ignore[assignment]  # str or int by the field's type
        return stored

    def row(self, entity: T) -> dict[str, Cell]:
        """The stored columns of an entity (without machinery)."""
        return {name: self.cell(name, getattr(entity, name)) for name in self.names}

    def entity(self, row: RowMapping) -> T:
        """The entity that was stored as `row`."""
        read = self.read
        return self.type(
            **{name: read[name](row[name]) if name in read else row[name] for name in self.names}
        )


@cache
def mapper(cls: type[T]) -> Mapper[T]:
    """The one mapper of a type."""
    if not dataclasses.is_dataclass(cls):
        raise TypeError(f"{cls.__name__} is not stored")
    return Mapper(cls)


def label(cls: type[object]) -> str:
    """What an inspector calls a thing of that type."""
    return STORED[cls]
