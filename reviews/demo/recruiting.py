"""How the demonstration finds its judges: roles, invitations, answers, and what reviewers say of themselves."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from accounts.actions.roles import give_role
from accounts.choices import Role
from accounts.models import Agency, User
from reviews.actions import reviewer as actions
from reviews.demo.judges import Judge
from reviews.models import Reviewer
from seminars.demo.cast import user_of
from seminars.models import CallAgency

A_DAY = timedelta(days=1)


def account_of(judge: Judge) -> User:
    """Return the account of a judge, made when it is not there yet."""
    return user_of({**judge.person, "side": "JP" if judge.language == "ja" else "FR"})


def appoint_chairs(judges: Iterable[Judge], *, by: User, at: datetime) -> None:
    """Let an administrator give the chairs their role."""
    for judge in judges:
        if judge.chairs:
            give_role(account_of(judge), Agency.objects.get(code=judge.agency), Role.CHAIR, by=by, at=at)


def invite(side: CallAgency, judge: Judge, *, by: User, at: datetime) -> Reviewer:
    """Invite a judge to review for a side."""
    user = account_of(judge)
    return actions.invite_reviewer(side, email=user.email, name=user.latin_name, language=judge.language, by=by, at=at)


def accept(reviewer: Reviewer, judge: Judge, *, at: datetime) -> Reviewer:
    """Let a judge accept, and a day later say what he or she knows and where he or she has worked."""
    user = account_of(judge)
    held = actions.accept_review_invitation(reviewer, by=user, at=at)
    actions.describe_reviewer(
        held,
        areas=held.side.call.areas.filter(code__in=judge.areas),
        keywords=list(judge.keywords),
        maximum_load=judge.load,
        affiliations=[(judge.person["institution"], judge.person["laboratory"][0])],
        collaborators=[],
        by=user,
        at=at + A_DAY,
    )
    return Reviewer.objects.select_related("side__call", "side__agency", "user").get(pk=held.pk)
