"""What the officers of the cast decide on eligibility, once the deadline of the call has passed."""

from datetime import datetime, timedelta

from accounts.models import User
from seminars.actions import eligibility, eligibility_notice
from seminars.actions.eligibility_bulk import reasons_of
from seminars.choices import Eligibility
from seminars.models import Call, CallAgency, Proposal
from seminars.rules.eligibility import SETTLED

A_WEEK = timedelta(days=7)
TO_CORRECT = {
    "en": "– The two records name the seminar differently: please give it the title that your partner uses. (R3)",
    "fr": "– Les deux dossiers nomment le séminaire différemment : reprenez le titre de votre partenaire. (R3)",
    "ja": "– 両国の申請書でセミナー名が異なります。相手側の申請書と同じ名称にしてください。（R3）",
}


def officers() -> dict[str, User]:
    """Return the officer of each side of the cast, by the country of the agency."""
    found = User.objects.filter(memberships__role="officer").order_by("pk")
    return {country: found.filter(memberships__agency__country=country)[0] for country in ("FR", "JP")}


def _decide(record: Proposal, country: str, outcome: str, at: datetime, now: datetime) -> None:
    by, side = officers()[country], CallAgency.objects.get(call=record.side.call, agency__country=country)
    target = record.seminar if record.seminar and record.seminar.is_confirmed else record
    case = eligibility.lock_case(target, by=by, at=at)
    eligible, correcting = outcome == Eligibility.ELIGIBLE, outcome == Eligibility.CORRECTION
    why = {} if eligible else TO_CORRECT if correcting else reasons_of(case)
    eligibility.decide(
        target,
        side,
        outcome=outcome,
        reasons=why,
        rules=["R3"] if correcting else case.proposed.rules,
        correct_by=now + 2 * A_WEEK if correcting else None,
        by=by,
        at=at,
    )


def decide(record: Proposal, decided: dict[str, str], *, now: datetime) -> None:
    """Let officers decide on the case of a record as a story tells, by country; a correction is asked for just now."""
    last = max(side.deadline_at for side in record.side.call.sides.all())
    for place, (country, outcome) in enumerate(decided.items()):
        at = last + A_WEEK + timedelta(hours=5 * place)
        if outcome == Eligibility.CORRECTION:
            at = now - timedelta(hours=1)
        if last + SETTLED < at <= now:
            _decide(record, country, outcome, at, now)


def plan_telling(call: Call, *, now: datetime) -> None:
    """Let Inserm's officer plan when coordinators are told; JSPS has not agreed yet."""
    if call.last_deadline_at + 2 * A_WEEK < now:
        side = CallAgency.objects.select_related("call", "agency").get(call=call, agency__country="FR")
        eligibility_notice.plan_notice(side, due_at=now + 2 * A_WEEK, by=officers()["FR"], at=now)
