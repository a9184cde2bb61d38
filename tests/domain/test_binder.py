"""A case file has its parts in their order, proofs of service behind their papers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from inspector_app.domain.binder import FileItem, FilePart, in_order, placed

MAIN = FilePart("main", "正卷", ("inquiry_notice", "evidence", "rectification_order", "other"))
SIDE = FilePart("side", "副卷", ("filing_approval",))
PARTS = (MAIN, SIDE)


def item(item_id: str, kind: str, day: int = 1, follows: str = "") -> FileItem:
    return FileItem(
        item_id, kind, kind, "", "", date(2026, 10, day), "0" * 64, "application/pdf", follows
    )


def ids(part: FilePart, *items: FileItem) -> list[str]:
    return [one.id for one in in_order(part, PARTS, items)]


def test_kinds_follow_the_list_and_days_within_a_kind() -> None:
    found = ids(
        MAIN,
        item("order", "rectification_order"),
        item("late", "inquiry_notice", 9),
        item("early", "inquiry_notice", 2),
        item("photo", "evidence"),
    )
    assert found == ["early", "late", "photo", "order"]


def test_a_proof_of_service_stands_behind_its_paper() -> None:
    proof = item("proof", "proof_of_service", 3, follows="ask")
    found = ids(
        MAIN, proof, item("order", "rectification_order", 2), item("ask", "inquiry_notice", 1)
    )
    assert found == ["ask", "proof", "order"]


def test_a_proof_whose_paper_is_not_there_stands_with_the_rest() -> None:
    proof = item("proof", "proof_of_service", 3, follows="gone")
    assert ids(MAIN, proof, item("order", "rectification_order")) == ["order", "proof"]


def test_internal_papers_go_to_the_side_part_and_strangers_to_the_main_one() -> None:
    things = (item("form", "filing_approval"), item("new", "a_new_kind"))
    assert ids(MAIN, *things) == ["new"]
    assert ids(SIDE, *things) == ["form"]


def test_pages_run_on() -> None:
    things = [item("a", "evidence"), item("b", "evidence"), item("c", "evidence")]
    found = placed(things, {"a": 1, "b": 3, "c": 2})
    assert [one.pages for one in found] == ["1", "2-4", "5-6"]


KINDS = st.sampled_from(
    ["inquiry_notice", "evidence", "rectification_order", "filing_approval", "strange"]
)


@given(st.lists(st.tuples(KINDS, st.integers(1, 28)), max_size=12))
def test_everything_stands_once_in_one_part(drawn: list[tuple[str, int]]) -> None:
    things = [item(str(n), kind, day) for n, (kind, day) in enumerate(drawn)]
    both = ids(MAIN, *things) + ids(SIDE, *things)
    assert sorted(both) == sorted(one.id for one in things)
