"""What the system opens for us: the folder a file was written to."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from inspector_app.ui.context import UiContext


def open_folder(context: UiContext, folder: Path) -> None:
    """Show a folder in the file manager; where there is none, say where the folder is."""
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        context.say(f"这台电脑打不开文件夹，文件在 {folder}")
