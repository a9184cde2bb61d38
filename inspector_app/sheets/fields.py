"""What each kind of list may hold, and under which headings offices write it.

Headings come from the ledgers and forms of real bureaus; add a heading here when a file shows one.
"""

from dataclasses import dataclass
from enum import Enum

from inspector_app.domain.words import Word
from inspector_app.errors import UserError


class Kind(Word):
    """The lists that can be taken in."""

    CLUES = "clues", "线索"
    CASES = "cases", "案件"
    WORKERS = "workers", "农民工名册"
    PROJECTS = "projects", "工程项目"
    EMPLOYERS = "employers", "单位"
    PAYMENTS = "payments", "支付明细"


class FieldKind(Enum):
    """How the cells of a field are understood."""

    TEXT = "text"
    NAME = "name"  # a person's or unit's name: padding blanks are taken out
    DATE = "date"
    COUNT = "count"
    MONEY = "money"  # value key ends with _fen
    CREDIT_CODE = "credit_code"
    ID_NUMBER = "id_number"
    DIGITS = "digits"  # phone, card: text that must not have become a number
    SOURCE = "source"
    PROJECT_KIND = "project_kind"
    INVESTMENT = "investment"
    PAYER = "payer"
    PERIOD = "period"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One thing a row can say; `names` are headings without blanks, units and marks."""

    id: str
    label: str
    kind: FieldKind
    names: tuple[str, ...]
    required: bool = False


def _field(field_id: str, kind: FieldKind, names: str, *, required: bool = False) -> FieldSpec:
    headings = tuple(names.split())
    return FieldSpec(field_id, headings[0], kind, headings, required)


T, N, D, C, M = FieldKind.TEXT, FieldKind.NAME, FieldKind.DATE, FieldKind.COUNT, FieldKind.MONEY

_EMPLOYER_NAME = (
    "单位名称 企业名称 用人单位 用人单位名称 被投诉单位 被投诉单位名称 被举报单位 被反映单位 "
    "欠薪单位 欠薪企业 欠薪主体 欠薪责任主体 当事人 公司名称 被监察单位 被投诉举报单位 责任主体"
)
_CREDIT = "统一社会信用代码 统一信用代码 信用代码 社会信用代码 组织机构代码"
_AMOUNT = (
    "涉及金额 欠薪金额 拖欠金额 拖欠工资金额 拖欠工资 欠薪数额 涉案金额 欠薪总额 金额 诉求金额 "
    "工资金额 涉及工资金额 涉及欠薪金额 涉及工资 欠薪总金额 反映金额"
)
_WORKERS = (
    "涉及人数 欠薪人数 涉及农民工人数 拖欠人数 人数 涉及劳动者人数 农民工人数 涉案人数 劳动者人数 "
    "反映人数 拖欠工资人数"
)
_COUNTY = "所属县区 县区 县市区 所在区县 区县 所属县区/街道 县(市、区) 属地 所在地 所在县区"

# Shared by clues and cases.
_MATTER = (
    _field("employer_name", N, _EMPLOYER_NAME, required=True),
    _field("credit_code", FieldKind.CREDIT_CODE, _CREDIT),
    _field("legal_person", N, "法定代表人 法人代表 法人 主要负责人 负责人 法定代表人(负责人)"),
    _field(
        "employer_address",
        T,
        "单位地址 注册地址 经营地址 企业地址 地址 经营办公地址 注册(登记)地址 被投诉单位地址 住所",
    ),
    _field("employer_phone", FieldKind.DIGITS, "单位电话 单位联系电话 被投诉单位电话"),
    _field("industry", T, "行业 行业类型 所属行业 行业分类"),
    _field("project_name", T, "项目名称 工程名称 工程项目名称 拖欠工资项目名称 欠薪项目 涉及项目"),
    _field("project_address", T, "项目地址 工程地址"),
    _field("owner_name", N, "建设单位 建设单位名称 业主单位"),
    _field(
        "general_name", N, "总包单位 总承包单位 总承包单位名称 施工总承包单位 施工总包单位 总包"
    ),
    _field("sub_name", N, "分包单位 分包/劳务 分包单位名称 劳务公司 劳务分包单位 劳务单位 分包"),
    _field("crew_name", N, "班组长 班组长姓名 包工头 劳务负责人"),
    _field("county", T, _COUNTY),
    _field("cause", T, "案由 事项类别 事项类别(案由) 问题类型 类别 投诉类型"),
    _field("source", FieldKind.SOURCE, "案件来源 来源渠道 线索来源 来源 渠道 受理渠道 source"),
    _field("workers", C, _WORKERS),
    _field("amount", M, _AMOUNT),
    _field(
        "period",
        FieldKind.PERIOD,
        "欠薪期间 欠薪月份 欠薪时间 欠薪发生时间 拖欠时间 欠薪时段 欠薪起止时间 拖欠期间",
    ),
    _field("authority", T, "认定机关 公布机关 作出机关 责任单位 承办单位 受理单位"),
    _field("published_on", D, "公布日期 发布日期 公示日期"),
    _field("handling", T, "处理经过 办理过程 处理情况 核查情况 办理情况 处置情况 处理结果"),
    _field("note", T, "备注 说明"),
)

_CLUES = (
    *_MATTER,
    _field(
        "outside_no", T, "平台线索编号 线索编号 登记编号 工单编号 工单号 编号 信访编号 投诉编号"
    ),
    _field(
        "received_on",
        D,
        "接收时间 登记日期 接收日期 收到日期 投诉时间 来访日期 受理日期 受理日 反映时间 登记时间",
    ),
    _field(
        "statement",
        T,
        "违法事实 诉求 欠薪基本情况摘要 基本情况 投诉内容 反映内容 欠薪基本情况 主要诉求 事项内容 "
        "投诉(举报)事项及要求 问题描述 基本案情 欠薪原因 简要情况",
    ),
    _field("person_name", N, "反映人姓名 投诉人姓名 投诉人 反映人 姓名 举报人 来访人 信访人"),
    _field(
        "person_phone", FieldKind.DIGITS, "反映人电话 投诉人电话 联系电话 电话 手机号 手机 手机号码"
    ),
    _field(
        "person_id_number",
        FieldKind.ID_NUMBER,
        "反映人身份证号 身份证号 身份证号码 证件号码 公民身份号码",
    ),
    _field("person_address", T, "现居住地址 送达地址 投诉人地址 通讯地址 联系地址"),
    _field("due_on", D, "办结时限 办理时限 办结期限 截止日期"),
)

_CASES = (
    *_MATTER,
    _field("case_no", T, "案件号 案号 案件编号 立案号 立案编号 编号"),
    _field("received_on", D, "受理日期 受理日 登记日期 接收时间 收到日期"),
    _field("filed_on", D, "立案日期 立案时间 立案日"),
    _field("closed_on", D, "结案日 结案日期 结案时间 办结日 办结日期"),
    _field("project_kind", FieldKind.PROJECT_KIND, "项目类型 工程类型 工程类别"),
    _field("investment", FieldKind.INVESTMENT, "投资性质 投资类型 项目性质 资金来源"),
    _field("reason", T, "欠薪原因 拖欠原因"),
    _field("facts", T, "违法事实 基本案情 案情简介 案件基本情况 主要案情 简要案情"),
    _field("lead_name", N, "主办 主办人 主办监察员 承办人 经办人"),
    _field("assist_name", N, "协办 协办人 协办监察员"),
    _field(
        "order_no", T, "指令书字号 限期改正指令书 指令书文号 限期改正指令书字号 限期改正指令书文号"
    ),
    _field(
        "order_served_on",
        D,
        "指令书送达日 指令书送达日期 限期改正指令书送达日 限期改正指令书送达日期",
    ),
    _field("order_due", D, "指令书期限 改正期限 指令书改正期限 限期改正指令书期限"),
    _field("paid_workers", C, "已支付人数 追发人数 已支付工资人数"),
    _field(
        "paid",
        M,
        "已支付金额 已支付 已支付合计 追发金额 已清偿金额 已支付工资 已化解金额 追发工资金额",
    ),
    _field("owing", M, "未支付 未支付金额 尚欠金额 剩余未支付金额 未支付工资"),
    _field("stage", T, "状态 案件状态 办理状态 办理进度 进度"),
    _field("leader", N, "包案领导 包保领导 责任领导"),
    _field("next_step", T, "下步措施 下一步措施 下步打算 下一步工作措施"),
)

_WORKER = (
    _field(
        "name", N, "姓名 农民工姓名 劳动者姓名 工人姓名 职工姓名 员工姓名 人员姓名", required=True
    ),
    _field(
        "id_number",
        FieldKind.ID_NUMBER,
        "身份证号 身份证号码 身份证 公民身份号码 证件号码 身份号码",
    ),
    _field("sex", T, "性别"),
    _field("origin", T, "户籍地 户籍 籍贯 家庭住址 住址 户籍地址 户籍及现住址"),
    _field("phone", FieldKind.DIGITS, "电话 联系电话 手机号 手机号码 联系方式 手机"),
    _field("trade", T, "工种 班组/工种 岗位 工种(岗位) 职务"),
    _field("crew", T, "班组 所属班组 班组名称 班组长"),
    _field(
        "employer_name",
        N,
        "用工单位 用人单位 用人单位名称 单位名称 企业名称 所属单位 劳务公司 分包单位",
    ),
    _field("project_name", T, "项目名称 工程名称"),
    _field("case_no", T, "案件号 案号 案件编号"),
    _field("entered_on", D, "进场日 进场日期 进场时间 入职日期 用工起始"),
    _field("left_on", D, "退场日 退场日期 退场时间 离职日期"),
    _field("contract", T, "劳动合同 劳动合同(有/无) 是否签订劳动合同 合同"),
    _field("wage_rate", T, "工资标准 日工资 日工资标准 工价 计薪标准 单价"),
    _field("attendance", T, "出勤/工程量 出勤 出勤天数 工日 工程量 工天 考勤天数 出勤工日"),
    _field(
        "due", M, "应发 应发工资 应发金额 应付工资 应付金额 工资总额 应得工资 应发合计 应发工资合计"
    ),
    _field(
        "paid",
        M,
        "已发 已发工资 已发金额 已付工资 已付金额 已付 实发工资 实发 已支付 已支付金额 借支",
    ),
    _field("withheld", M, "代扣 代扣代缴 扣款 代扣金额 应扣 扣除"),
    _field(
        "owing",
        M,
        "欠发 欠发工资 欠发金额 欠薪金额 拖欠金额 拖欠工资 欠付工资 未发工资 未付工资 未支付 "
        "尚欠工资 欠薪 拖欠工资金额 欠发合计 未发金额 金额",
    ),
    _field(
        "period",
        FieldKind.PERIOD,
        "欠薪月份 欠薪期间 工资所属期 所属月份 欠薪时间 支付周期 月份 拖欠时间 欠薪时段",
    ),
    _field("bank", T, "开户行 开户银行 开户行名称"),
    _field("bank_card", FieldKind.DIGITS, "银行卡号 工资卡号 银行账号 卡号 银行卡 账号"),
    _field("note", T, "备注 说明"),
)

_PROJECT = (
    _field("name", T, "项目名称 工程名称 工程项目名称 名称", required=True),
    _field("kind", FieldKind.PROJECT_KIND, "项目类型 工程类型 工程类别 项目分类 分类"),
    _field("investment", FieldKind.INVESTMENT, "投资性质 投资类型 项目性质 资金来源"),
    _field("county", T, f"{_COUNTY} 工程项目所在乡镇 管辖"),
    _field("address", T, "项目地址 工程地址 地址 建设地点"),
    _field("authority", T, "行业主管部门 主管部门 审批或许可部门"),
    _field("starts_on", D, "开工日期 计划开工 开工时间 计划开工日期 计划开工时间 实际开工日期"),
    _field(
        "ends_on", D, "竣工日期 计划竣工 完工时间 计划完工时间 计划竣工日期 计划竣工时间 竣工时间"
    ),
    _field("contract", M, "合同价 合同价款 合同金额 合同总价 合同造价 中标价 工程造价"),
    _field("owner_name", N, "建设单位 建设单位名称 业主单位"),
    _field("owner_contact", N, "建设单位联系人 建设单位负责人"),
    _field("owner_phone", FieldKind.DIGITS, "建设单位电话 建设单位联系电话"),
    _field(
        "general_name",
        N,
        "施工总承包单位 总包单位 总承包单位 总承包单位名称 施工总包单位 施工单位 总包",
    ),
    _field("general_contact", N, "总包单位联系人 项目经理 总承包单位联系人 总包项目经理"),
    _field(
        "general_phone",
        FieldKind.DIGITS,
        "总包单位电话 总包单位联系电话 总承包单位电话 项目经理电话",
    ),
    _field("sub_name", N, "分包单位 分包/劳务 分包单位名称 专业分包单位 分包"),
    _field("labour_name", N, "劳务单位 劳务公司 劳务分包单位 劳务企业"),
    _field("crew_name", N, "班组长 班组长姓名"),
    _field("supervisor_name", N, "监理单位 监理单位名称 监理"),
    _field("note", T, "备注 说明"),
)

_EMPLOYER = (
    _field("name", N, _EMPLOYER_NAME + " 名称", required=True),
    _field("credit_code", FieldKind.CREDIT_CODE, _CREDIT),
    _field("legal_person", N, "法定代表人 法人代表 法人 主要负责人 负责人"),
    _field("address", T, "地址 单位地址 注册地址 经营地址 企业地址 经营办公地址 住所"),
    _field("phone", FieldKind.DIGITS, "联系电话 电话 单位电话"),
    _field("industry", T, "行业 行业类型 所属行业"),
    _field("county", T, _COUNTY),
    _field("note", T, "备注 说明"),
)

_PAYMENT = (
    _field("name", N, "姓名 农民工姓名 劳动者姓名 工人姓名 收款人 户名", required=True),
    _field("id_number", FieldKind.ID_NUMBER, "身份证号 身份证号码 身份证 公民身份号码 证件号码"),
    _field(
        "amount",
        M,
        "支付金额 实发金额 实发 发放金额 本次支付 金额 已支付金额 实发工资 代发金额 转账金额",
        required=True,
    ),
    _field("paid_on", D, "支付日期 支付时间 发放日期 发放时间 转账日期 付款日期 日期 到账日期"),
    _field("payer", FieldKind.PAYER, "资金来源 支付来源 支付渠道 清偿来源 付款来源 支付主体"),
    _field("voucher", T, "支付凭证 凭证号 凭证 流水号 代发凭证 回单号"),
    _field("bank_card", FieldKind.DIGITS, "银行卡号 工资卡号 卡号 账号 收款账号"),
    _field("case_no", T, "案件号 案号 案件编号"),
    _field("note", T, "备注 说明 摘要"),
)

FIELDS: dict[Kind, tuple[FieldSpec, ...]] = {
    Kind.CLUES: _CLUES,
    Kind.CASES: _CASES,
    Kind.WORKERS: _WORKER,
    Kind.PROJECTS: _PROJECT,
    Kind.EMPLOYERS: _EMPLOYER,
    Kind.PAYMENTS: _PAYMENT,
}

# A second money column beside `amount`: never a value of its own, only compared with it.
AMOUNT_CHECK = FieldSpec("amount_check", "金额（核对）", FieldKind.MONEY, ())


def kind_of(code: str) -> Kind:
    """The kind of that code; a UserError names the choices."""
    for kind in Kind:
        if kind.value == code:
            return kind
    choices = "、".join(f"{kind.value}（{kind.label}）" for kind in Kind)
    raise UserError(f"没有“{code}”这一类。可选：{choices}。", field="kind")


def field_of(kind: Kind, field_id: str) -> FieldSpec:
    """The field of that id; KeyError when the kind has none."""
    if field_id == AMOUNT_CHECK.id:
        return AMOUNT_CHECK
    for spec in FIELDS[kind]:
        if spec.id == field_id:
            return spec
    raise KeyError(field_id)
