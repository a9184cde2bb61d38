"""What went wrong on the line to the shared PostgreSQL, in sentences that say what to do."""

import psycopg

from inspector_app.errors import OutsideError

# Parts of what libpq and the server say when one cannot connect; first match wins. The server
# speaks the language it was installed in; its code does not come through.
_WRONG_PASSWORD = "共享库的用户名或密码不对。"  # noqa: S105  # a sentence
_NOT_OPEN = "服务器没有对这台电脑或这个账号开放，请联系管理员。"
_NO_LOGIN = "这个账号不能登录，请联系管理员。"
_NOT_THERE = "服务器上没有这个库或账号，请核对连接串。"
_FULL = "共享库的连接已满，请稍后再试。"
_SENTENCES = (
    ("password authentication failed", "password", _WRONG_PASSWORD),
    ("认证失败", "password", _WRONG_PASSWORD),
    ("身份验证失败", "password", _WRONG_PASSWORD),
    ("no password supplied", "password_missing", "请输入共享库的密码。"),
    (
        "certificate verify failed",
        "certificate",
        "共享库的证书验证不通过，请联系管理员。",
    ),
    # What OpenSSL says of a root of the same name that did not sign this certificate.
    ("signature failure", "certificate", "共享库的证书验证不通过，请联系管理员。"),
    ("root certificate file", "certificate", "本机没有共享库的根证书，请向管理员索取。"),
    ("does not match host name", "certificate", "共享库的证书不是这台服务器的，请联系管理员。"),
    ("server does not support SSL", "certificate", "这台服务器不加密，不能连接，请联系管理员。"),
    ("no encryption", "certificate", "这台服务器只接受加密的连接，请核对连接串。"),
    ("pg_hba.conf", "account", _NOT_OPEN),
    ("too many connections", "busy", _FULL),
    ("too many clients", "busy", _FULL),
    ("connection slots", "busy", _FULL),
    ("连接太多", "busy", _FULL),
    ("太多的客户", "busy", _FULL),
    ("超级用户预留", "busy", _FULL),
    ("is not permitted to log in", "account", _NO_LOGIN),
    ("进行登录", "account", _NO_LOGIN),
    ("does not exist", "account", _NOT_THERE),
    ("不存在", "account", _NOT_THERE),
    ("translate host name", "connection", "找不到共享库的服务器，请检查网络和地址。"),
    ("refused", "connection", "连不上共享库：服务器没有开。请检查网络，稍后再试。"),
    ("timeout expired", "connection", "连不上共享库：没有应答。请检查网络，稍后再试。"),
)
_NO_LINE = "与共享库的连接断了，本机的改动都还在，稍后再试。"
BUSY = "共享库正忙，这一次没有完成，稍后再试。"
_OLD = "服务器上没有同步所需的功能，请管理员先升级共享库。"
_NO_ROOM = "共享库的服务器磁盘或内存满了，本机的改动都还在，请马上告诉管理员。"
_BY_STATE = {
    "53100": ("server_full", _NO_ROOM),
    "53200": ("server_full", _NO_ROOM),
    "25006": ("read_only", "连到的是只读的副本，不能同步，请管理员核对服务器地址。"),
    "28000": ("account", "这个账号不能同步：已停用，或者本机登记在别的账号名下。请联系管理员。"),
    "42501": ("rights", "这个账号没有同步的权限，请联系管理员。"),
    "3F000": ("server_too_old", _OLD),
    "42883": ("server_too_old", _OLD),
    "55000": ("recovery", "共享库正在恢复，暂停取号，请稍后再试。"),
    "IN001": ("rights", "这件事关系到全部辖区，要由管得到全部辖区的管理员来定。"),
    "IN002": ("limit", "这个账号在共享库的用量到了上限，请联系管理员。"),
    "55006": ("missing", "还有电脑没有来同步过，手里的号还不知道；确实等不到的，写明理由再恢复。"),
}


def trouble(error: psycopg.Error) -> OutsideError:
    """The sentence behind an error; the words of the server are never shown: they may hold data."""
    state = error.sqlstate or ""
    if state in _BY_STATE:
        kind, sentence = _BY_STATE[state]
        return OutsideError(sentence, kind=kind)
    if state[:2] in ("40", "53", "55", "57"):
        return OutsideError(BUSY, kind="busy")
    text = str(error)
    for mark, kind, sentence in _SENTENCES:
        if mark in text:
            return OutsideError(sentence, kind=kind)
    if isinstance(error, psycopg.OperationalError | psycopg.InterfaceError):
        return OutsideError(_NO_LINE, kind="connection")
    return OutsideError(f"共享库出错（{state or '不明'}），请联系管理员。", kind="server")
