"""Erasing a person who reviewed: ties and names go, the reviews stay."""

from accounts.actions.erasure import address_of
from accounts.models import User
from reviews.models import Affiliation, Collaborator, Conflict, PanelNote, Review, Reviewer, SelectionNote


def erase_traces(user: User) -> None:
    """Remove what a reviewer has said of themselves; what they wrote of pairs stays, under their number."""
    Affiliation.objects.filter(reviewer__user=user).delete()
    Collaborator.objects.filter(reviewer__user=user).delete()
    Reviewer.objects.filter(user=user).update(email=address_of(user), name="", keywords=[])


def end_period(seminar_id: int | None) -> None:
    """Take the free texts about a pair away when its period ends; scores, ranks, outcomes and signatures stay."""
    if seminar_id is None:
        return
    Review.objects.filter(assignment__seminar=seminar_id).update(comment_coordinators="", comment_panel="")
    conflicts = Conflict.objects.filter(seminar=seminar_id)
    conflicts.update(statement="", reasons=[])
    conflicts.exclude(decision_reason="").update(decision_reason="–")
    PanelNote.objects.filter(seminar=seminar_id).delete()
    SelectionNote.objects.filter(seminar=seminar_id).delete()
