"""Why the shared database refused a set, and what to do about it: one sentence for each code."""

from collections.abc import Mapping

_OLD = "请管理员升级共享库，再点“再次上传”。"
_LEAVE = "请放弃本机改动，同步后按共享库现在的内容再改。"
_BROKEN = "请导出台账备份交给管理员，先不要放弃。"

REFUSALS: Mapping[str, str] = {
    "append_only": "这是只增不改的登记，不能修改或者删除已有的一条。请放弃本机改动，另记一条更正。",
    "bad_data": f"共享库认为内容不合规，没有收下。{_LEAVE}",
    "bad_number": "文号与这个字号已发到的号相差太远。请核对文号，放弃本机改动后按分到的号登记。",
    "bad_op": f"这组改动的写法不对，共享库没有收下。{_BROKEN}",
    "bad_series": "字号是空的、太长，或者年份不对。请放弃本机改动，改好字号和年份再登记。",
    "bad_value": f"有一格的内容不是该填的种类，例如数字格里填了文字。{_LEAVE}",
    "id_taken": f"共享库里已有同一编号的另一条记录。{_BROKEN}",
    "missing_column": f"新记录缺少必有的内容。请升级本程序再上传；仍被退回的，{_BROKEN}",
    "no_such_conflict": "共享库里没有这个冲突，可能已随案件移送或者清除。请放弃本机改动。",
    "number_not_leased": "这个文号没有分配给本机。请先核对登记簿，再决定作废还是另取文号。",
    "parent_gone": "它所属的记录已在别处删除。请放弃本机改动，需要时先把那条记录补登，再改一次。",
    "pii_not_granted": "这个账号不能改个人信息。请管理员在共享库放开这项权限，再点“再次上传”。",
    "reason_missing": "处理冲突没有写明理由。请放弃这次选择，写明理由后再选一次。",
    "role_administrator": "改的是人员的职责，只有管理员能改。请管理员来改，并放弃本机改动。",
    "role_leader": "批准只能由负责人作出。请负责人在自己的电脑上批准，并放弃本机改动。",
    "root_mismatch": f"这条记录写着属于另一件案件，与共享库对不上。{_LEAVE}",
    "root_moved": "这条记录已经移送到别的县区。请告诉接收的县区由那边登记，再放弃本机改动。",
    "root_purged": "这件案件的个人信息已按规定清除，不再收改动。请放弃本机改动。",
    "row_in_use": "这条记录正被别的记录使用，不能删除。请先删去用到它的记录，再点“再次上传”。",
    "row_not_here": "共享库里还没有这条记录。请先处理前面被退回的那一组，再点“再次上传”。",
    "scope_mismatch": "记录里的属地与上传到的县区不同。请放弃本机改动，用移送改属地。",
    "scope_not_granted": "这个账号不能改这个县区的记录。请管理员放开，再点“再次上传”。",
    "too_large": "一次改得太多或者文字太长，共享库没有收下。请放弃本机改动，分几次改。",
    "unknown_column": f"共享库还不认识其中的内容。{_OLD}",
    "unknown_table": f"共享库还不认识这种记录。{_OLD}",
}


def refusal_words(code: str) -> str:
    """What happened and what to do; a code of a newer shared database is told as it is."""
    known = REFUSALS.get(code)
    return known or f"共享库没有收下（{code}）。请升级本程序；仍被退回的，请联系管理员。"
