"""Tool tips that show a text as it stands: Qt would read <b> in somebody's name as markup."""

from html import escape


def plain_tip(text: str) -> str:
    """The text for a tool tip; what looks like markup is written so that it is not."""
    if "<" not in text:
        return text
    return f"<span>{escape(text)}</span>".replace("\n", "<br>")
