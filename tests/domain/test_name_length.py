"""A name of a whole page is refused with its length."""

from inspector_app.domain.name_length import LONGEST_NAME, too_long


def test_a_name_of_a_page_is_refused_and_a_long_one_is_not() -> None:
    assert too_long("重" * LONGEST_NAME) == ""
    assert "最多 200 个字，这里有 201 个" in too_long("重" * (LONGEST_NAME + 1))
