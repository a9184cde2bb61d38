"""Chinese input on Linux: the Qt wheel has no fcitx plugin, but fcitx speaks ibus too."""

from collections.abc import MutableMapping

FCITX = "fcitx"
WATCHED = ("QT_IM_MODULE", "XMODIFIERS", "GTK_IM_MODULE")


def choose_input_method(environment: MutableMapping[str, str]) -> None:
    """Ask for ibus where the session says fcitx; call it before Qt is loaded."""
    if any(FCITX in environment.get(name, "") for name in WATCHED):
        environment["QT_IM_MODULE"] = "ibus"
        environment.pop("QT_IM_MODULES", None)  # Qt 6.7 reads this list first
