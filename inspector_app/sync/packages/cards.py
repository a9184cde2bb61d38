"""Cards: the public keys of a PC or of the shared database in a small signed file, and whose."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from inspector_app.errors import OutsideError, UserError
from inspector_app.sync.packages.sealed import Keys, Public

MAGIC = "LABX CARD 1"
PC, SHARED = "pc", "shared"


@dataclass(frozen=True, slots=True)
class Card:
    """Who (`pc` with its account, or `shared`) has which keys; `name` is shown to people."""

    kind: str
    name: str
    account: str
    sign: str
    box: str

    def public(self) -> Public:
        """Its keys."""
        return Public(self.sign, self.box)


def write(path: Path, kind: str, name: str, account: str, keys: Keys) -> Card:
    """Write our own card."""
    public = keys.public()
    card = Card(kind, name, account, public.sign, public.box)
    signature = keys.signer().sign(_said(card)).hex()
    text = json.dumps(
        {"magic": MAGIC, "card": asdict(card), "signature": signature}, ensure_ascii=False
    )
    fresh = path.with_name(f"{path.name}.part")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        message = "名片没有写成，请检查 U 盘的空间和写保护后再试。"
        raise OutsideError(message, kind="disk") from error
    return card


def is_card(path: Path) -> bool:
    """Whether a file is a card and no package."""
    try:
        with path.open("rb") as file:
            return MAGIC.encode() in file.read(64)
    except OSError as error:
        raise OutsideError(f"“{path.name}”读不出来：{error.strerror}。", kind="disk") from error


def read(path: Path) -> Card:
    """Read one; it is only what it says when a person compared the fingerprint."""
    wrong = UserError(f"“{path.name}”不是名片，或者不完整。", field="file", kind="damaged")
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        card = Card(**said["card"])
        author = Ed25519PublicKey.from_public_bytes(bytes.fromhex(card.sign))
        author.verify(bytes.fromhex(said["signature"]), _said(card))
        if said["magic"] != MAGIC or card.kind not in (PC, SHARED) or len(card.box) != 64:
            raise wrong
    except OSError as error:
        raise OutsideError(f"“{path.name}”读不出来：{error.strerror}。", kind="disk") from error
    except (ValueError, KeyError, TypeError, InvalidSignature) as error:
        raise wrong from error
    return card


def _said(card: Card) -> bytes:
    return MAGIC.encode() + json.dumps(asdict(card), sort_keys=True, ensure_ascii=False).encode()
