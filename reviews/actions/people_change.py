"""Writing an approved change of participants into both records (R28)."""

from datetime import datetime

from django.db.models import F

from accounts.actions.history import record
from accounts.models import User
from accounts.rules.person import name_key
from reviews.choices import ChangeDeed
from reviews.models import Change
from reviews.models.change import person_of
from reviews.queries.change import facts_in
from reviews.rules.change import same_person
from seminars.models import BudgetLine, Laboratory, Participant, Proposal, Session
from seminars.queries.dossiers import dossier_of


def apply_people(change: Change, *, by: User, at: datetime) -> None:
    """Let the record that asked say it, and the partner's where it names the same person, in id order.

    The lines of the budget keep what is granted: they are the new person's, or nobody's. Sessions that name the old
    one as their speaker name the new one, or nobody.
    """
    pair = Proposal.objects.filter(seminar=change.seminar_id)
    list(pair.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    for proposal in pair.with_dossier().order_by("pk"):
        before = _row_in(proposal, change)
        is_own = proposal.side_id == change.side_id
        _speak(proposal, change, at)
        if before is None and not (is_own and change.deed == ChangeDeed.ADD):
            continue
        was = {"participant": str(before)} if before else {}
        after = _put(proposal, before, change, at)
        now = {"participant": str(after)} if after else {}
        Proposal.objects.filter(pk=proposal.pk).update(changed_at=at)
        record(proposal, "change_applied", by=by, at=at, before=was, after=now, reason=change.reason)


def _row_in(proposal: Proposal, change: Change) -> Participant | None:
    """Return the participant whom a change is about as a record names them, or nobody."""
    if change.participant is None:
        return None
    if proposal.side_id == change.side_id:
        return Participant.objects.get(proposal=proposal, pk=change.participant)
    found = same_person(dossier_of(proposal), facts_in(change.person_before, change.participant))
    return Participant.objects.get(pk=found.id) if found else None


def _put(proposal: Proposal, row: Participant | None, change: Change, at: datetime) -> Participant | None:
    """Store who comes in the place of ``row``, and return them."""
    if change.deed == ChangeDeed.REMOVE:
        assert row is not None  # noqa: S101 - a removal names somebody
        BudgetLine.objects.filter(participant=row).update(participant=None, version=F("version") + 1, saved_at=at)
        row.delete()
        return None
    new = person_of(change.person)
    new.proposal, new.saved_at = proposal, at
    new.laboratory = _laboratory(proposal, new.laboratory, at)
    if row is not None:
        new.pk, new.form_uuid, new.version = row.pk, row.form_uuid, row.version + 1
    new.save(force_update=row is not None)
    return new


def _laboratory(proposal: Proposal, wanted: Laboratory | None, at: datetime) -> Laboratory | None:
    """Return the record's own entry of a laboratory, added where it has none."""
    if wanted is None:
        return None
    for known in Laboratory.objects.filter(proposal=proposal):
        if known.identity == wanted.identity:
            return known
    wanted.proposal, wanted.saved_at = proposal, at
    wanted.save()
    return wanted


def _speak(proposal: Proposal, change: Change, at: datetime) -> None:
    """Let the sessions that name who leaves as their speaker name who comes."""
    if not change.person_before:
        return
    old = person_of(change.person_before)
    names = {name_key(name) for name in (old.latin_name, old.kanji_name) if name}
    speaker = person_of(change.person).latin_name or change.joins if change.person else ""
    for session in Session.objects.filter(proposal=proposal).exclude(speaker=""):
        if name_key(session.speaker) in names:
            session.speaker, session.version, session.saved_at = speaker, session.version + 1, at
            session.save(update_fields=["speaker", "version", "saved_at"])
