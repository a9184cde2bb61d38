"""Counties that number by themselves: read from one line, refused when two would print alike."""

import pytest

from inspector_app.domain.county_series import check_series, own_series
from inspector_app.errors import UserError

DIVISIONS = {"410400", "410402", "410403"}


def test_a_line_names_counties_and_their_names() -> None:
    assert own_series("") == {}
    assert own_series("410402=新人社，410403=卫人社 ") == {"410402": "新人社", "410403": "卫人社"}
    check_series("410402=新人社 410403=卫人社", "410400", "平人社", DIVISIONS)
    check_series("", "410400", "平人社", DIVISIONS)


@pytest.mark.parametrize("text", ["410402", "410402=", "新华区=新人社", "410402=新 人{社}"])
def test_what_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(UserError) as told:
        own_series(text)
    assert told.value.field == "county_series"


def test_a_name_that_cannot_stand_in_a_number_is_refused() -> None:
    with pytest.raises(UserError, match="不能用作机关代字"):
        own_series("410402=新/人社")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("410499=甲", "没有代码"),
        ("410400=甲", "没有代码"),
        ("410402=平人社", "要不一样"),
        ("410402=甲 410403=甲", "要不一样"),
    ],
)
def test_offices_must_be_told_apart(text: str, words: str) -> None:
    with pytest.raises(UserError, match=words):
        check_series(text, "410400", "平人社", DIVISIONS)
