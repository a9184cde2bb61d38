"""What a form prints, and when: the names in its blocks and the conditions they stand under."""

from collections.abc import Iterator
from itertools import product

from inspector_app.domain.paper_text import marks
from inspector_app.domain.papers import Block, FieldType, PaperKind
from inspector_app.errors import UserError

OFFICE_MARKS = frozenset(
    ("bureau", "number", "issue_date", "address", "postcode", "phone", "contact", "court",
     "review_body")
)  # fmt: skip
ALWAYS = frozenset(("bureau", "number", "issue_date"))  # known whenever a paper is issued
SIGNED = frozenset(("bureau", "issue_date"))  # what a signature prints without a mark
NEEDS_FIELD = {"ticks": FieldType.TICKS, "table": FieldType.TABLE}
SETTING = "setting."
OFF = "否"  # a choice that says no counts as not filled
MOST_CONDITIONS = 12


def texts(block: Block) -> Iterator[str]:
    """Every text of a block that may hold marks."""
    yield block.text
    yield from (cell for row in block.rows for cell in row)
    yield from block.options.values()


def marked(block: Block) -> set[str]:
    """Names in the texts of a block; a text nobody can read has none, which is told elsewhere."""
    found: set[str] = set()
    for text in texts(block):
        try:
            found |= {mark.name for mark in marks(text)}
        except UserError:
            continue
    return found


def prints(block: Block) -> set[str]:
    """Names of everything a block prints."""
    found = marked(block)
    if block.kind in NEEDS_FIELD:
        found.add(block.options.get("field", ""))
    if block.kind == "sign":
        found |= SIGNED
    return found


def printed(kind: PaperKind) -> set[str]:
    """Names of everything the body prints, whatever the conditions."""
    return {name for block in kind.body for name in prints(block)}


def asked(block: Block) -> tuple[str, ...]:
    """Names whose being filled decides whether the block is printed."""
    return tuple(name.removeprefix("!") for name in block.when)


def users(kind: PaperKind, name: str) -> tuple[int, ...]:
    """Numbers, from 1, of the blocks that print a name or ask for it."""
    return tuple(
        number
        for number, block in enumerate(kind.body, 1)
        if name in prints(block) or name in asked(block)
    )


def unprinted_when(kind: PaperKind, name: str) -> tuple[str, ...] | None:
    """Conditions, as blocks write them, under which a filled name is not printed; None: never.

    An empty answer means that it is printed under no condition at all.
    """
    ways = [block.when for block in kind.body if name in prints(block)]
    if not ways:
        return ()
    required = {one.id for one in kind.fields if one.required and OFF not in one.options}
    sure = ALWAYS | {name} | required
    open_names = sorted({one.removeprefix("!") for way in ways for one in way} - sure)
    if len(open_names) > MOST_CONDITIONS:  # thousands of cases: nobody writes such a form by hand
        return None
    for filled in product((True, False), repeat=len(open_names)):
        known = dict(zip(open_names, filled, strict=True)) | dict.fromkeys(sure, True)
        if not any(all(known[_bare(one)] != one.startswith("!") for one in way) for way in ways):
            return tuple(one if known[one] else f"!{one}" for one in open_names)
    return None


def _bare(condition: str) -> str:
    return condition.removeprefix("!")
