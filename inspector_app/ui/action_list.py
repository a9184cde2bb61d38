"""Every action of the window as data: menus, buttons, palette and key sheet read this list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `opens` names the page that does it when the page in view does not."""

    id: str
    title: str
    initials: str  # of the title in pinyin, written down: pypinyin is slow to load
    icon: str = ""
    keys: str = ""
    group: str = "办案"
    opens: str = ""
    arg: str = ""
    in_palette: bool = True


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "clue.new", "登记线索", "djxs", "add_20", "Ctrl+N", "办案", opens="clues", arg="new"
    ),
    ActionSpec(
        "case.new",
        "登记案件",
        "djaj",
        "document_add_20",
        "Ctrl+Shift+N",
        "办案",
        opens="cases",
        arg="new",
    ),
    ActionSpec(
        "paper.new",
        "开具文书",
        "kjws",
        "document_edit_20",
        "Ctrl+D",
        "办案",
        opens="papers",
        arg="new",
    ),
    ActionSpec(
        "inspection.new",
        "开始现场检查",
        "ksxcjc",
        "clipboard_checkmark_20",
        "Ctrl+J",
        "办案",
        opens="inspections",
        arg="new",
    ),
    ActionSpec(
        "import",
        "从 Excel 导入",
        "cexceldr",
        "arrow_import_20",
        "Ctrl+I",
        "办案",
        opens="cases",
        arg="import",
    ),
    ActionSpec("print", "打印", "dy", "print_20", "Ctrl+P", "办案"),
    ActionSpec("export", "导出", "dc", "arrow_export_20", "Ctrl+E", "办案"),
    ActionSpec("save", "保存", "bc", "save_20", "Ctrl+S", "办案", in_palette=False),
    ActionSpec("undo", "撤销上一步", "cxsyb", "arrow_undo_20", "Ctrl+Z", "办案"),
    ActionSpec("find", "在本页筛选", "zbysx", "filter_20", "Ctrl+F", "查找"),
    ActionSpec("palette", "查找与命令", "czyml", "search_20", "Ctrl+K", "查找", in_palette=False),
    ActionSpec("page.home", "我的待办", "wddb", "home_20", "Alt+1", "页面", opens="home"),
    ActionSpec("page.cases", "案件台账", "ajtz", "table_20", "Alt+2", "页面", opens="cases"),
    ActionSpec("page.clues", "线索登记", "xsdj", "mail_inbox_20", "Alt+3", "页面", opens="clues"),
    ActionSpec(
        "page.inspections",
        "现场检查",
        "xcjc",
        "clipboard_checkmark_20",
        "Alt+4",
        "页面",
        opens="inspections",
    ),
    ActionSpec(
        "page.papers", "文书制作", "wszz", "document_text_20", "Alt+5", "页面", opens="papers"
    ),
    ActionSpec(
        "page.parties",
        "单位与项目",
        "dwyxm",
        "building_multiple_20",
        "Alt+6",
        "页面",
        opens="parties",
    ),
    ActionSpec("page.settings", "设置", "sz", "settings_20", "Alt+7", "页面", opens="settings"),
    ActionSpec("page.law", "法规与规则", "fgygz", "scales_20", "Alt+8", "页面", opens="law"),
    ActionSpec(
        "page.calendar", "工作日历", "gzrl", "calendar_20", "Alt+9", "页面", opens="calendar"
    ),
    ActionSpec(
        "page.forms",
        "文书格式",
        "wsgs",
        "document_edit_20",
        "Ctrl+Shift+D",
        "页面",
        opens="forms",
    ),
    ActionSpec("page.shared", "共享库", "gxk", "link_20", "Ctrl+Shift+S", "页面", opens="shared"),
    ActionSpec("sync", "同步", "tb", "arrow_clockwise_20", "F5", "办案"),
    ActionSpec("refresh", "刷新本页", "sxby", "arrow_clockwise_20", "Ctrl+R", "页面"),
    ActionSpec("detail", "显示或收起右侧详情", "xshsqycxq", "panel_right_20", "F4", "页面"),
    ActionSpec("back", "返回", "fh", "arrow_left_20", "Esc", "页面", in_palette=False),
    ActionSpec("theme", "切换深色、浅色", "qhssqs", "dark_theme_20", "Ctrl+Shift+L", "窗口"),
    ActionSpec("text.size", "切换字号", "qhzh", "text_font_size_20", "Ctrl+Shift+F", "窗口"),
    ActionSpec("lock", "锁定", "sd", "lock_closed_20", "Ctrl+L", "窗口"),
    ActionSpec("keys", "键盘一览", "jpyl", "keyboard_20", "Ctrl+/", "窗口"),
    ActionSpec("help", "帮助", "bz", "question_circle_20", "F1", "窗口"),
)
# Keys a text field may keep for itself while it has the focus.
LEFT_TO_FIELDS = ("undo", "back")
