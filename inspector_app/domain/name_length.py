"""How long the name of a person, unit or project may be: more is a page pasted into one line."""

LONGEST_NAME = 200  # characters; the longest project names of public lists have about 90


def too_long(name: str) -> str:
    """The sentence that refuses a name, "" for one that may stay."""
    if len(name) <= LONGEST_NAME:
        return ""
    return f"名称最多 {LONGEST_NAME} 个字，这里有 {len(name)} 个，请核对是否粘贴了整段文字"
