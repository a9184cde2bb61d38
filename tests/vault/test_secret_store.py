"""A secret is kept only where the system guards it; trouble means that nothing is remembered."""

import keyring
import keyring.backend
import keyring.errors
import pytest
from keyring.backends import fail

from inspector_app.vault import secret_store
from inspector_app.vault.secret_store import ABSENT, SecretStore, system_backend
from tests.helpers.vaults import Drawer, Refusing


def test_a_secret_is_kept_and_forgotten() -> None:
    store = SecretStore(Drawer())
    assert store.reason_against() == ""
    made = store.keep("a-1")
    assert made is not None
    assert len(made) == 32
    assert store.get("a-1") == made
    assert store.get("a-2") is None
    store.forget("a-1")
    store.forget("a-1")
    assert store.get("a-1") is None


def test_without_a_store_nothing_is_remembered() -> None:
    store = SecretStore(None)
    assert store.reason_against() == ABSENT
    assert store.keep("a-1") is None
    assert store.get("a-1") is None
    store.forget("a-1")


def test_a_locked_store_is_as_good_as_none() -> None:
    store = SecretStore(Refusing())
    assert store.keep("a-1") is None
    assert store.get("a-1") is None
    store.forget("a-1")


def of_module(name: str) -> object:
    return type("Keyring", (), {"__module__": name})()


def test_only_stores_that_guard_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, wanted in (
        ("keyring.backends.Windows", True),
        ("keyring.backends.SecretService", True),
        ("keyrings.alt.file", False),
        ("keyring.backends.fail", False),
    ):
        monkeypatch.setattr(keyring, "get_keyring", lambda module=module: of_module(module))
        assert (system_backend() is not None) == wanted
    chain = of_module("keyring.backends.chainer")
    chain.backends = [of_module("keyring.backends.SecretService")]  # type: ignore[attr-defined]  # as its own class has
    monkeypatch.setattr(keyring, "get_keyring", lambda: chain)
    assert system_backend() is chain


def test_a_library_that_fails_means_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> keyring.backend.KeyringBackend:
        raise keyring.errors.InitError

    monkeypatch.setattr(keyring, "get_keyring", broken)
    assert SecretStore.of_system().reason_against() == ABSENT
    assert fail.Keyring.__module__ not in secret_store.TRUSTED
