"""The words of the status bar about the exchange: that it stopped is never hidden by anything."""

from datetime import UTC, datetime

import pytest

from inspector_app.ui.exchange_state import ERROR_WORDS, ExchangeState

AT = datetime(2026, 9, 21, 9, 41, tzinfo=UTC)
PASSWORD = "请输入共享库密码"  # noqa: S105  # words on screen


def said(**known: object) -> str:
    return ExchangeState(connected=True, last=AT, **known).words()[0]  # type: ignore[arg-type]  # named fields


def tone(**known: object) -> str:
    return ExchangeState(connected=True, last=AT, **known).words()[2]  # type: ignore[arg-type]  # named fields


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({}, "已同步 09:41"),
        ({"waiting": 37}, "待上传 37 项"),
        ({"disputes": 1}, "有冲突 1 项"),
        ({"looks": 1}, "1 件案件两处同改"),
        ({"disputes": 1, "waiting": 37}, "有冲突 1 项，待上传 37 项"),
        ({"needs_password": True, "trouble": "…"}, PASSWORD),
        ({"trouble": "连不上"}, ERROR_WORDS),
        ({"needs_password": True, "trouble": "…", "disputes": 1, "waiting": 37},
         f"{PASSWORD}，有冲突 1 项，待上传 37 项"),
        ({"trouble": "连不上", "looks": 1, "waiting": 37},
         f"{ERROR_WORDS}，1 件案件两处同改，待上传 37 项"),
        ({"waiting": 5, "held": 2}, "待上传 5 项，其中 2 项暂不能上传"),
        ({"waiting": 2, "held": 2}, "2 项暂不能上传"),
    ],
)  # fmt: skip
def test_the_bar_says_that_syncing_stopped_and_what_waits_beside_it(
    known: dict[str, object], words: str
) -> None:
    assert said(**known) == words


def test_the_tone_is_that_of_the_worst_and_nothing_that_waits_for_ever_is_green() -> None:
    assert tone() == "success_fg"
    assert tone(waiting=5) == "info_fg"
    assert tone(waiting=2, held=2) == "warning_fg"
    assert tone(trouble="连不上", waiting=5) == "warning_fg"
    assert tone(trouble="连不上", disputes=1) == "danger_fg"
    assert tone(disputes=1, left=2) == "danger_fg"
