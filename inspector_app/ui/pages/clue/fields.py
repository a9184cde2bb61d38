"""Fields that say what they understood without standing in the way: amounts as written, codes."""

from inspector_app.domain.amounts import read_amount
from inspector_app.domain.capital import capital
from inspector_app.domain.credit_code import check_credit_code
from inspector_app.domain.money import yuan
from inspector_app.ui.forms.lines import LineField


class WrittenAmountField(LineField):
    """An amount as people say it: 134.66万元 is one, 约50万 is kept as words."""

    def live_hint(self) -> str:
        if not self.text():
            return ""
        read = read_amount(self.text())
        if read.fen is None:
            return f"{read.note}，按原话记录"
        return f"记为 {yuan(read.fen)} 元　{capital(read.fen)}"

    def fen(self) -> int | None:
        """The amount understood, None when it is no exact one."""
        return read_amount(self.text()).fen if self.text() else None


class CreditCodeField(LineField):
    """统一社会信用代码; what looks wrong is said below and kept as written."""

    def live_hint(self) -> str:
        if not self.text():
            return ""
        problem = check_credit_code(self.text()).problem
        return f"请核对：{problem}" if problem else "校验无误"
