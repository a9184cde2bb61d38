"""Qt's own words in Chinese: the menus of text fields, file dialogs, calendars."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

_NAME = "chinese"


def speak_chinese(app: QApplication) -> None:
    """Install Qt's Chinese once; without its file Qt goes on in English."""
    if app.findChild(QTranslator, _NAME) is not None:
        return
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    made = QTranslator(app)
    made.setObjectName(_NAME)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if made.load("qtbase_zh_CN", folder):
        app.installTranslator(made)
