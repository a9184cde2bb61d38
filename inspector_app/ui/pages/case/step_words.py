"""How the fields of a step are called, where the plain word would not say what is meant."""

from inspector_app.domain.procedure import Ask, StepRow

REASON, AMOUNT, APPROVED, VIOLATIONS = "reason", "amount", "approved", "violations"

_WORDS: dict[tuple[str, Ask], str] = {
    ("supplement", Ask.UNTIL): "补正截止日期",
    ("supplement", Ask.NOTE): "要补正的内容",
    ("stop", Ask.UNTIL): "中止到哪一天",
    ("hearing_set", Ask.UNTIL): "听证日期",
    ("order_deadline", Ask.UNTIL): "改正期限",
    ("outside_paper", Ask.UNTIL): "送达日期",
    ("extend", Ask.RULES): "延长哪个期限",
    ("stop", Ask.RULES): "中止哪些期限",
    ("stop", Ask.OUTCOME): "中止的原因",
    ("refer", Ask.PEOPLE): "转送的机关",
    ("transfer", Ask.PEOPLE): "移送的部门",
    ("police_help", Ask.PEOPLE): "请求协助的机关",
    ("crime_send", Ask.PEOPLE): "接收的公安机关",
    ("crime_object", Ask.PEOPLE): "提请的机关",
    ("statement", Ask.PEOPLE): "陈述人",
    ("statement_waive", Ask.PEOPLE): "当事人",
    ("hearing_request", Ask.PEOPLE): "要求听证的当事人",
    ("hearing_waive", Ask.PEOPLE): "当事人",
    ("hearing_set", Ask.PEOPLE): "听证主持人",
    ("hearing_held", Ask.PEOPLE): "听证主持人、记录人",
    ("legal_review", Ask.PEOPLE): "审核人",
    ("discuss", Ask.PEOPLE): "参加讨论的负责人",
    ("review_received", Ask.PEOPLE): "复议机关",
    ("suit_received", Ask.PEOPLE): "受诉人民法院",
    ("met_party", Ask.PEOPLE): "见面的当事人",
    ("statement", Ask.NOTE): "意见和复核情况",
    ("discuss", Ask.NOTE): "讨论意见",
    ("opinion", Ask.NOTE): "处理意见",
    ("performed", Ask.NOTE): "履行情况",
    ("close", Ask.NOTE): "结案理由",
    ("close", Ask.OUTCOME): "结案方式",
    ("recheck", Ask.OUTCOME): "复查结论",
    ("submit", Ask.OUTCOME): "案件性质",
    ("penalty_notice", Ask.OUTCOME): "听证",
    ("no_penalty", Ask.OUTCOME): "不予处罚的情形",
    ("archive", Ask.NUMBER): "档案号",
}
_FINED = ("penalty_notice", "penalty_decision", "summary_penalty")


def field_words(step: StepRow, ask: Ask) -> str:
    """The label of a field."""
    if (step.id, ask) in _WORDS:
        return _WORDS[step.id, ask]
    if ask is Ask.NOTE:
        return "理由" if REASON in step.guards else "说明"
    if ask is Ask.AMOUNT and step.id not in _FINED:
        return "金额（元）"
    if ask in (Ask.AMOUNT, Ask.PERSON_AMOUNT):
        return "对单位罚款（元）" if ask is Ask.AMOUNT else "对个人罚款（元）"
    return ask.label


def is_fine(step: StepRow) -> bool:
    """Whether its amounts are fines held against the law's ranges."""
    return step.id in _FINED


def must(step: StepRow, ask: Ask) -> bool:
    """Whether the form itself asks for it; what more is missing the step says when it is taken."""
    if ask is Ask.OUTCOME:
        return bool(step.outcomes)
    wanted = {Ask.NOTE: REASON, Ask.APPROVER: APPROVED, Ask.CODES: VIOLATIONS}
    if ask in wanted:
        return wanted[ask] in step.guards
    if ask is Ask.UNTIL:
        return step.future and step.id != "stop"
    return ask in (Ask.PAPER_KIND, Ask.NUMBER) and step.id == "outside_paper"
