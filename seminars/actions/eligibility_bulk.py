"""Deciding on many cases at once: each is judged again under its own lock, and skipped when it is not what it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.choices import Language
from accounts.models import User
from seminars.actions.eligibility import Target, decide, lock_case
from seminars.choices import Eligibility
from seminars.permissions import Refused
from seminars.queries.eligibility import Case
from seminars.rules.eligibility import BROKEN, WARNING
from seminars.words.findings import reasons

CLEAR, VOID = "clear", "void"
MOST = 50
"""How many cases one form decides; the next ones follow afterwards."""


@dataclass(frozen=True)
class Outcome:
    """What became of one case: ``skipped`` says in words why it was left alone, or is empty."""

    target: Target
    skipped: str | Promise = ""


def reasons_of(case: Case) -> dict[str, str]:
    """Return what speaks against a case in each language: what is broken, or else what is worth a look."""
    found = {}
    for language in Language.values:
        with translation.override(language):
            found[language] = reasons(case.results, weight=BROKEN) or reasons(case.results, weight=WARNING)
    return found


def qualifies(case: Case, kind: str) -> bool:
    """Say whether a case is clear, or void, and the officer still has something to decide on it."""
    return bool(case.to_decide) and (case.is_clear if kind == CLEAR else case.is_void)


def decide_many(targets: Iterable[Target], kind: str, *, by: User, at: datetime) -> list[Outcome]:
    """Find clear cases eligible, or void ones ineligible for what the rules say; one transaction for each."""
    return [_decide_one(target, kind, by, at) for target in targets]


def _decide_one(target: Target, kind: str, by: User, at: datetime) -> Outcome:
    try:
        with transaction.atomic():
            case = lock_case(target, by=by, at=at)
            if not case.to_decide:
                return Outcome(target, _("Somebody has decided meanwhile."))
            if not qualifies(case, kind):
                return Outcome(target, _("It is no longer what it was: please look at it yourself."))
            outcome = Eligibility.ELIGIBLE if kind == CLEAR else Eligibility.INELIGIBLE
            why = {} if kind == CLEAR else reasons_of(case)
            for half in case.to_decide:
                decide(target, half.side, outcome=outcome, reasons=why, rules=case.proposed.rules, by=by, at=at)
    except Refused as refused:
        return Outcome(target, refused.args[0])
    return Outcome(target)
