"""What the columns of the ledger are called in the office, and which of them are legal facts."""

from collections.abc import Mapping

from inspector_app.ledger.mapping import STORED, table_name
from inspector_app.ledger.schema import metadata

_LABELS = {table_name(cls): word for cls, word in STORED.items()}
_WORDS: Mapping[str, str] = {
    line.split()[0]: line.split()[1]
    for line in """
id 编号
year 年份
source 来源
holidays 放假日
workdays 调休上班日
scope 属地
city 市
name 名称
starts_on 开始日期
ends_on 结束日期
note 备注
case_no 案号
stage 阶段
filed_on 立案日期
closed_on 结案日期
closing_note 结案说明
cause 案由
employer_id 当事单位
project_id 项目
clue_id 线索
received_on 受理日期
lead_id 主办监察员
assist_id 协办监察员
leader 包案领导
stated_workers 反映人数
stated_fen 反映金额
stated_amount 反映金额原文
facts 案情
import_key 导入标记
clue_no 线索编号
employer_name 单位名称
credit_code 统一社会信用代码
employer_address 单位地址
project_name 项目名称
state 状态
case_id 案件
concluded_on 办结日期
conclusion 办理结果
reply 答复
outside_no 来文编号
statement 反映内容
workers 人数
amount_fen 金额
amount_written 金额原文
period_from 欠薪起始月
period_to 欠薪截止月
flags 标记
violation 违法情形
condition 适用条件
low_fen 下限
high_fen 上限
effective_from 生效日期
person_low_fen 每人下限
person_high_fen 每人上限
legal_person 法定代表人
address 地址
county 县区
phone 电话
industry 行业
opened_on 设立日期
kind 种类
header_key 表头
mapping 对应关系
checklist_id 检查表
checklist_version 检查表版本
on 日期
place 地点
arrived_at 到达时间
left_at 离开时间
inspector_ids 监察员
host 陪同人
host_title 陪同人职务
opinion 意见
finished 是否完成
certificate 执法证号
department 科室
title 名称
active 是否在用
version 版本
sha256 文件校验值
accepted_on 采用日期
accepted_by 采用人
series 字号序列
no 序号
paper_id 文书
reason 理由
investment 投资性质
contract_fen 合同金额
rule 规则
field 规则项
value 内容
why 理由
decided_on 决定日期
decided_by 决定人
page 页面
query 筛选条件
key 设置项
short 简称
imported_on 导入日期
form 格式
step 步骤
at 时间
until 截止日期
rules 依据
codes 违法情形
outcome 结果
approver 审批人
people 人数
person_fen 个人罚款
paper_kind 文书种类
number 文号
from_stage 原阶段
to_stage 新阶段
overridden 越过的把关
override_by 越过人
override_why 越过理由
id_number 身份证号
confidential 是否保密
media_type 文件类型
size 文件大小
added_on 添加日期
inspection_id 检查
item_id 检查项
answer 检查结果
form_version 格式版本
values 文书内容
issued_on 制发日期
issued_by 制发人
pages 页数
fonts 字体
void_reason 作废理由
voided_on 作废日期
role 参建身份
contact 联系人
order 次序
paper_ids 文书
method 送达方式
served_on 送达日期
receiver 签收人
relation 与受送达人关系
witness 见证人
video 录像
waybill 邮件单号
consent 同意情况
entrusted_to 受托单位
media 公告媒体
text_id 法规
article 条文
sub 条文序号
chapter 章
body 正文
due_on 到期日期
origin 待办来源
done_on 完成日期
trade 工种
crew 班组
worker_id 劳动者
due_fen 应付
paid_fen 已付
withheld_fen 代扣
bank 开户行
bank_card 银行卡号
claim_id 工资明细
paid_on 支付日期
payer 支付人
voucher 凭证
party 当事人
auditor 审计
reviewer 法制审核
administrator 管理员
no_casework 不办案
persons 涉及的人
by_id 经手人
person_id 人员
about_id 所看的记录
about 所看的内容
way 方式
fields 所看的字段
found_id 所指改动
by_name 经办人
own_facts 一方改的内容
other_facts 另一方改的内容
""".strip().splitlines()
}
# Merge groups that two people's changes never mix in: money, dates, parties, articles, numbers, …
_LEGAL = (
    *("article", "band", "content", "employer", "handlers", "money", "number", "object"),
    *("override", "period", "person", "proof", "row", "scope", "service", "stage", "state"),
    *("step", "time"),
)
LEGAL_GROUPS = frozenset(_LEGAL)
# Facts that stand alone in their group: each is a group of its own name.
LEGAL_FIELDS = frozenset({"received_on", "project_id", "case_no", "due_on", "done_on"})


def table_words(table: str) -> str:
    """What rows of a table are called: 案件, 工资明细."""
    return _LABELS.get(table, "记录")


def column_words(column: str) -> str:
    """What a column is called: 反映金额; never the name the program uses."""
    return _WORDS.get(column, "其他内容")


def is_legal(table: str, column: str) -> bool:
    """Whether a column holds money, a date, a party, an article, a number or a state."""
    known = metadata.tables.get(table)
    if known is None or column not in known.columns:
        return False
    return known.columns[column].info.get("group") in LEGAL_GROUPS or column in LEGAL_FIELDS
