"""Who looked at what is covered: the record every look leaves, which nobody can switch off."""

from dataclasses import dataclass

from inspector_app.domain.words import Word

SHOWN_SECONDS = 60  # what was uncovered is covered again by itself


class AccessWay(Word):
    """How somebody came to see personal data in the open."""

    REVEAL = "reveal", "查看"
    EXPORT = "export", "导出完整版"
    PAPER = "paper", "制发文书"


class About(Word):
    """Whose record was looked into."""

    CLUE = "clue", "线索"
    CASE = "case", "案件"
    MANY = "many", "多件"


class Field(Word):
    """A covered field."""

    NAME = "name", "姓名"
    ID_NUMBER = "id_number", "身份证号"
    PHONE = "phone", "电话"
    BANK_CARD = "bank_card", "银行卡号"
    ADDRESS = "address", "地址"
    NOTE = "note", "备注"
    STATEMENT = "statement", "反映的内容"


REASONS = ("核对身份", "联系本人", "核发工资", "答复反映人")  # offered; any other may be typed


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """One look; aggregate root, never changed and never deleted. `at` is ISO with minutes.

    `about_id` names the clue or case ("" for many), `person_id` the row of the person (""
    for the whole list), `fields` codes of Field, `persons` how many people were in the open.
    """

    id: str
    scope: str
    city: str
    way: AccessWay
    about: About
    about_id: str
    person_id: str
    fields: tuple[str, ...]
    persons: int
    why: str
    at: str
    by_id: str
    by_name: str


def fields_text(codes: tuple[str, ...]) -> str:
    """身份证号、电话."""
    known = {one.value: one.label for one in Field}
    return "、".join(known.get(code, code) for code in codes)
