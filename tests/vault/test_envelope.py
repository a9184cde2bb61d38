"""The ledger's key opens by the right password, code or PC only, and a forged file by none."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector_app.errors import UserError
from inspector_app.vault import envelope as env
from inspector_app.vault import recovery
from inspector_app.vault.envelope import Account, Envelope
from inspector_app.vault.keys import Cost, LedgerKey, WrongKeyError
from tests.helpers.vaults import CHEAP, NOW, OTHER, PASSWORD

KEY = LedgerKey(bytes(range(32)))


def an_account(key: LedgerKey = KEY, account_id: str = "a-1", name: str = "李明") -> Account:
    return env.new_account(key, account_id, name, "u-1", PASSWORD, NOW, CHEAP)


def an_envelope() -> tuple[Envelope, str]:
    made, code = env.new_envelope(KEY)
    return made.with_account(an_account()).with_account(an_account(account_id="a-2")), code


def test_the_password_opens_and_another_does_not() -> None:
    account = an_account()
    assert env.open_with_password(account, PASSWORD) == KEY
    for wrong in (OTHER, "", PASSWORD + " "):
        with pytest.raises(WrongKeyError):
            env.open_with_password(account, wrong)


def test_the_same_characters_of_another_input_method_are_the_same_password() -> None:
    account = env.new_account(KEY, "a", "José", "", "caf\u00e9-2026", NOW, CHEAP)
    assert env.open_with_password(account, "cafe\u0301-2026") == KEY


@pytest.mark.parametrize("changes", [{"id": "a-2"}, {"name": "赵强"}, {"user_id": "u-2"}])
def test_nobody_takes_anothers_place_in_the_file(changes: dict[str, str]) -> None:
    forged = replace(an_account(), **changes)  # type: ignore[arg-type]  # names of its fields
    with pytest.raises(WrongKeyError):
        env.open_with_password(forged, PASSWORD)


def test_a_disabled_account_opens_nothing() -> None:
    gone = env.disabled(env.remembered(an_account(), KEY, b"s" * 32))
    assert not gone.active()
    with pytest.raises(WrongKeyError):
        env.open_with_password(gone, PASSWORD)
    with pytest.raises(WrongKeyError):
        env.open_with_secret(gone, b"s" * 32)


def test_a_new_password_ends_the_old_one_and_what_the_pc_remembered() -> None:
    before = env.remembered(an_account(), KEY, b"s" * 32)
    assert env.open_with_secret(before, b"s" * 32) == KEY
    after = env.with_password(before, KEY, OTHER, CHEAP)
    assert env.open_with_password(after, OTHER) == KEY
    assert after.remembered == ""
    with pytest.raises(WrongKeyError):
        env.open_with_password(after, PASSWORD)


def test_the_code_opens_until_there_is_a_new_one() -> None:
    made, code = an_envelope()
    assert env.open_with_code(made, code) == KEY
    assert env.open_with_code(made, f"  {code.replace('-', ' ')}\n") == KEY
    again, fresh = env.with_new_code(made, KEY)
    assert env.open_with_code(again, fresh) == KEY
    with pytest.raises(WrongKeyError):
        env.open_with_code(again, code)


@given(st.binary(min_size=16, max_size=16))
@settings(max_examples=40, deadline=None)
def test_a_code_is_read_back(secret: bytes) -> None:
    assert recovery.read(recovery.written(secret)) == secret


@given(st.binary(min_size=16, max_size=16), st.integers(0, 47), st.integers(1, 9))
@settings(max_examples=60, deadline=None)
def test_one_wrong_digit_is_told_by_its_group(secret: bytes, at: int, more: int) -> None:
    digits = recovery.written(secret).replace("-", "")
    wrong = digits[:at] + str((int(digits[at]) + more) % 10) + digits[at + 1 :]
    with pytest.raises(UserError, match=f"第 {at // 6 + 1} 组抄错了"):
        recovery.read(wrong)


@given(st.binary(min_size=16, max_size=16), st.integers(0, 46))
@settings(max_examples=60, deadline=None)
def test_two_digits_swapped_within_a_group_are_told(secret: bytes, at: int) -> None:
    digits = recovery.written(secret).replace("-", "")
    if digits[at] != digits[at + 1] and at % 6 != 5:
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        with pytest.raises(UserError, match=f"第 {at // 6 + 1} 组抄错了"):
            recovery.read(swapped)


def test_a_code_that_is_none_is_told() -> None:
    with pytest.raises(UserError, match="恢复码只有数字"):
        recovery.read("ABCDEF")
    with pytest.raises(UserError, match="现在有 6 位"):
        recovery.read("１２３４５６")


def test_the_file_is_read_back_and_knows_its_own_bytes() -> None:
    made, _ = an_envelope()
    data = env.to_bytes(made, KEY)
    assert env.from_bytes(data) == made
    assert env.is_whole(data, KEY)
    assert not env.is_whole(data, LedgerKey.fresh())


def test_one_changed_byte_of_the_file_is_found() -> None:
    data = env.to_bytes(an_envelope()[0], KEY)
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        assert not env.is_whole(changed, KEY), data[max(0, at - 20) : at + 20]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body.update(format=2),
        lambda body: body.pop("accounts"),
        lambda body: body["accounts"][0].update(salt="xyz"),
        lambda body: body["accounts"][0].update(cost={"passes": 3}),
        lambda body: body["accounts"][0]["cost"].update(memory_kib=2**30),
        lambda body: body.update(code_salt="zz"),
    ],
)
def test_a_file_that_is_none_is_refused(spoil: object) -> None:
    body = json.loads(env.to_bytes(an_envelope()[0], KEY))
    assert callable(spoil)
    spoil(body)
    with pytest.raises(ValueError, match=r".+"):
        env.from_bytes(json.dumps(body).encode())
    with pytest.raises(ValueError, match=r".+"):
        env.from_bytes(b"\xff\x00")


def test_accounts_keep_their_places() -> None:
    made, _ = an_envelope()
    renamed = replace(made.account("a-1"), since="")
    assert [one.id for one in made.with_account(renamed).accounts] == ["a-1", "a-2"]
    assert made.with_account(renamed).account("a-1").since == ""
    assert [one.id for one in made.without("a-1").accounts] == ["a-2"]
    with pytest.raises(KeyError):
        made.account("a-9")


def test_a_key_never_shows_itself() -> None:
    key = LedgerKey.fresh()
    assert key.database().hex() not in f"{key!r} {key} {[key]}"
    assert key.derived("one") != key.derived("another")
    assert key != LedgerKey.fresh()
    assert hash(key) == hash(key)
    with pytest.raises(ValueError, match="32 bytes"):
        LedgerKey(b"short")


def test_only_bearable_costs_are_accepted() -> None:
    assert Cost(3, 64 * 1024, 4).is_bearable()
    for bad in (Cost(0, 64, 1), Cost(3, 2**31, 4), Cost(3, 8, 4), Cost(99, 64, 1)):
        assert not bad.is_bearable()
