"""Telling the demonstration's evaluation and selection, once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import Membership, User
from reviews.demo.current import BEGINS, Current
from reviews.demo.judges import Judge, judges
from reviews.demo.past import Past
from reviews.demo.past_call import endings, load_past
from reviews.demo.recruiting import account_of, appoint_chairs
from reviews.models import Panel
from seminars.choices import SeminarState
from seminars.demo.cast import LISTED
from seminars.demo.deciding import officers
from seminars.models import Call, Seminar

PAST = "demonstration-2024"
COUNTRY = {"inserm": "FR", "jsps": "JP"}


def _by_country(found: Iterable[Judge]) -> dict[str, list[Judge]]:
    sides: dict[str, list[Judge]] = {"FR": [], "JP": []}
    for judge in found:
        sides[COUNTRY[judge.agency]].append(judge)
    return sides


@transaction.atomic
def load_evaluation(*, at: datetime) -> int:
    """Tell the past call and the evaluation of the call of 2026 as far as they have come; return how many were told.

    Told once, never again, all or nothing: what visitors have done since is kept. ``at`` is now; no deed is dated
    later. The cast must be loaded.
    """
    told, everybody = 0, judges()
    running = officers()
    reviewers = _by_country(judge for judge in everybody if not judge.chairs)
    chairs = {country: account_of(own[0]) for country, own in _by_country(j for j in everybody if j.chairs).items()}
    if not Call.objects.filter(code=PAST).exists():
        past = Past(load_past(at), running, chairs, reviewers, endings(), {})
        administrator = User.objects.filter(is_staff=True).order_by("pk")[0]
        appoint_chairs(everybody, by=administrator, at=past.call.opens_at)
        past.play(at)
        told += 1
    call = Call.objects.with_sides().filter(code=LISTED).first()
    if call and not Panel.objects.filter(side__call=call).exists():
        began_at = call.last_deadline_at + BEGINS
        if began_at <= at and Seminar.objects.filter(call=call, state=SeminarState.ELIGIBLE).exists():
            Current(call, running, chairs, reviewers, began_at).play(at)
            told += 1
    return told


def leading_judges() -> list[Membership]:
    """Return a reviewer and a chair of each agency, to name them in the terminal."""
    found: dict[tuple[int, str], Membership] = {}
    judging = Membership.objects.filter(user__in=_accounts()).exclude(role="officer")
    for membership in judging.select_related("user", "agency").order_by("agency__accent", "role", "pk"):
        found.setdefault((membership.agency_id, membership.role), membership)
    return list(found.values())


def _accounts() -> list[User]:
    return list(User.objects.filter(email__in=[judge.person["email"] for judge in judges()]))
