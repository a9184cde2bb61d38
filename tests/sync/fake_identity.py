"""Whether a ledger belongs to the model of the shared database: as `sync.stranger` decides."""

from collections.abc import Collection, Mapping
from typing import Any


def stranger(
    identity: str,
    doc: Mapping[str, Any],
    devices: Collection[str],
    log: Mapping[tuple[str, int], str],
    *,
    trial: bool,
) -> str:
    """Why nothing may be exchanged with whoever greets so; empty when it may."""
    known = doc.get("database")
    if not identity or known is None or known == identity:
        return ""
    if known:
        return "other"
    if not {doc["device"], doc.get("was")}.isdisjoint(devices):
        return ""
    cursors = [(scope, seq, hash_) for scope, (seq, hash_) in doc["cursors"].items() if seq]
    if doc["acked"] or cursors:
        met = any(log.get((scope, seq)) == hash_ for scope, seq, hash_ in cursors)
        return "" if met else "other"
    return "demo" if doc.get("demo") and log and not trial else ""
