"""The rows of the rule pack each decider stands on, as this bureau applies them."""

from dataclasses import replace

from inspector_app.domain.deciders.blacklist import ListRules
from inspector_app.domain.deciders.crime import CrimeRules
from inspector_app.domain.deciders.deposit import DepositRules
from inspector_app.domain.deciders.fines import ActRules
from inspector_app.domain.deciders.hearings import FineRules
from inspector_app.domain.law import Basis
from inspector_app.domain.parties import ProjectKind
from inspector_app.domain.rules import Bound, Figure
from inspector_app.errors import UserError
from inspector_app.library.figures import setting_value
from inspector_app.services.desk import Desk
from inspector_app.services.rules import OfficeRules, office_rules

EXTRA_PAY, SURCHARGE, PAY_FINE = "TH-EXTRA-PAY", "D18", "D17"
_CAPS = {ProjectKind.TRANSPORT: "DP-CAP-TRAFFIC", ProjectKind.WATER: "DP-CAP-WATER"}
_REPAIR = {"轻微": "TH-REPAIR-MINOR", "一般": "TH-REPAIR-COMMON", "严重": "TH-REPAIR-SERIOUS"}


class DeciderRules:
    """Rules of every decider, taken from the bureau's figures, terms and articles."""

    def __init__(self, office: OfficeRules, grounds: dict[str, Basis]) -> None:
        self.office = office
        self._grounds = grounds

    def figure(self, rule: str) -> Figure:
        """A figure; one the bureau switched off is as good as unknown."""
        found = self.office.figures.get(rule)
        if found is None:
            raise UserError(f"法规库中没有“{rule}”，请重新安装或者更新法规库。", kind="library")
        return replace(found, low=None, high=None) if rule in self.office.off else found

    def ground(self, name: str) -> Basis:
        """The articles a sentence stands on."""
        found = self._grounds.get(name)
        if found is None:
            raise UserError(f"法规库中没有依据“{name}”，请重新安装或者更新法规库。", kind="library")
        return found

    def fines(self) -> FineRules:
        """Hearing, on-the-spot fines, legal review."""
        return FineRules(
            hearing_unit=self.figure("TH-HEARING-UNIT"),
            hearing_person=self.figure("TH-HEARING-PERSON"),
            seizure=self.figure("TH-HEARING-SEIZE-UNIT"),
            summary_unit=self.figure("TH-SUMMARY-UNIT"),
            summary_person=self.figure("TH-SUMMARY-PERSON"),
            hearing=self.ground("hearing"),
            stop_work=self.ground("stop_work"),
            legal_review=self.ground("legal_review"),
            discussion=self.ground("discussion"),
            mitigation=self.ground("mitigation"),
            acts=ActRules(one_act=self.ground("one_act"), old_law=self.ground("old_law")),
        )

    def crime(self) -> CrimeRules:
        """Henan's amounts and the national span."""
        return CrimeRules(
            months=self.figure("TH-CRIME-MONTHS"),
            people=self.figure("TH-CRIME-PEOPLE"),
            one=self.figure("TH-CRIME-HENAN-ONE"),
            many=self.figure("TH-CRIME-HENAN-MANY"),
            national_one=self.figure("TH-CRIME-NATION-ONE"),
            national_many=self.figure("TH-CRIME-NATION-MANY"),
            order=self.ground("crime_order"),
            evasion=self.ground("crime_evasion"),
            exit=self.ground("crime_exit"),
        )

    def blacklist(self) -> ListRules:
        """Terms of the list, and the credit-repair rules beside it."""
        return ListRules(
            decide=self.office.term("D33"),
            object=self.office.term("D34"),
            check=self.office.term("D56"),
            years=self.figure("TH-LIST-YEARS"),
            early=self.figure("TH-LIST-EARLY-MONTHS"),
            repair={name: self.figure(rule) for name, rule in _REPAIR.items()},
            conditions=self.ground("list_conditions"),
            leave_out=self.ground("list_leave_out"),
            notice=self.ground("list_notice"),
            early_removal=self.ground("list_early"),
            early_barred=self.ground("list_barred"),
        )

    def deposit(self, kind: ProjectKind) -> DepositRules:
        """Rates, with the cap of the project's trade where it has one of its own."""
        own_cap = self.figure(_CAPS[kind]) if kind in _CAPS else None
        return DepositRules(
            base=self.figure("DP-BASE"),
            floor=self.figure("DP-FLOOR"),
            local_base=self.figure("DP-HENAN-BASE"),
            local_multi=self.figure("DP-HENAN-MULTI"),
            cap=own_cap if own_cap and own_cap.low is not None else self.figure("DP-CAP"),
            raise_over_cap=self.figure("DP-RAISE-OVER-CAP"),
            small_amount=self.figure("DP-SMALL-AMOUNT"),
            small_years=self.figure("DP-SMALL-YEARS"),
            small_months=self.figure("DP-SMALL-MONTHS"),
            small_apply=self.figure("DP-SMALL-APPLY"),
            halve_years=self.figure("DP-HALVE-YEARS"),
            halve=self.figure("DP-HALVE"),
            exempt_years=self.figure("DP-EXEMPT-YEARS"),
            exempt_needs=self.figure("DP-EXEMPT-NEEDS"),
            raise_years=self.figure("DP-RAISE-YEARS"),
            raise_arrears=self._settled("DP-RAISE-ARREARS"),
            raise_listed=self._settled("DP-RAISE-LISTED"),
        )

    def _settled(self, rule: str) -> Figure:
        """A raise of not less than so much is exactly so much once the bureau has chosen one."""
        figure = self.figure(rule)
        typed = self.office.settings.get(figure.setting, "")
        chosen = setting_value(figure.unit, typed) is not None
        chosen = chosen or any(one.field == "low" for one in self.office.chosen(rule))
        return replace(figure, bound=Bound.EXACT) if chosen else figure


def decider_rules(desk: Desk) -> DeciderRules:
    """The rules as they stand now."""
    return DeciderRules(office_rules(desk), desk.library.grounds)
