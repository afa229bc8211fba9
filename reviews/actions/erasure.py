"""Erasing a person who reviewed, and ending a period: ties and names go, what was decided stays."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Model, Q

from accounts.actions.erasure import address_of
from accounts.actions.history import empty_history, record
from accounts.models import HistoryEntry, User
from reviews.choices import ChangeState
from reviews.models import (
    Affiliation,
    Award,
    AwardLine,
    Cancellation,
    CancelRequest,
    Change,
    ChangeWord,
    Collaborator,
    Conflict,
    Panel,
    PanelNote,
    Practical,
    Report,
    ReportFile,
    ReportReopening,
    ReportSide,
    ReportVersion,
    ReportWord,
    Review,
    Reviewer,
    Selection,
    SelectionNote,
    Signature,
)
from reviews.models.practical import TEXTS
from reviews.rules.ended import citation_after, without_people
from seminars.files import storage
from seminars.models import ListedApplication, Participant, Proposal, Seminar
from seminars.queries.snapshots import canonical, sha256
from seminars.rules.nameless import without_names

Nameless = Callable[[str], str]
REASONS: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Change, "seminar", ("reason",)),
    (ChangeWord, "change__seminar", ("reason",)),
    (CancelRequest, "seminar", ("reason", "answer")),
    (Cancellation, "seminar", ("reason",)),
    (Award, "proposal__seminar", ("answer",)),
    (AwardLine, "award__proposal__seminar", ("reason",)),
    (Signature, "decision__seminar", ("reason",)),
    (ReportWord, "version__report__seminar", ("comment",)),
    (ReportReopening, "version__report__seminar", ("reason",)),
    (ReportSide, "report__seminar", ("spending_note",)),
    (Report, "seminar", ("narrative", "follow_up")),
)
"""Texts about one pair that stay, without names: reasons for what was decided, and what came of the seminar."""
MARK = "[…]"
"""What stands in place of a name: the same for everybody, for somebody of another pair may bear the same one."""
NAMES = tuple(f"{part}_name{script}" for part in ("family", "given") for script in ("", "_kanji", "_kana"))


def erase_traces(user: User) -> None:
    """Remove what a reviewer has said of themselves; what they wrote of pairs stays, under their number."""
    Affiliation.objects.filter(reviewer__user=user).delete()
    Collaborator.objects.filter(reviewer__user=user).delete()
    Reviewer.objects.filter(user=user).update(email=address_of(user), name="", keywords=[])


def end_period(seminar_id: int | None, *, by: User, at: datetime) -> None:
    """Take people out of what is kept on a pair when its period ends; scores, ranks, outcomes and signatures stay.

    Comments and notes go. Reasons and reports stay without the names of the pair's people (``without_names``), and the
    minutes, too, which are about many pairs; a report's files go, and its summary is public no more.
    """
    if seminar_id is None:
        return
    seminar = Seminar.objects.select_related("call").get(pk=seminar_id)
    nameless = partial(without_names, people=_people(seminar), mark=MARK)
    Review.objects.filter(assignment__seminar=seminar_id).update(comment_coordinators="", comment_panel="")
    conflicts = Conflict.objects.filter(seminar=seminar_id)
    conflicts.update(statement="", reasons=[])
    conflicts.exclude(decision_reason="").update(decision_reason="–")
    PanelNote.objects.filter(seminar=seminar_id).delete()
    SelectionNote.objects.filter(seminar=seminar_id).delete()
    for model, lookup, names in REASONS:
        for row in model._default_manager.filter(**{lookup: seminar_id}):
            _rewrite(row, names, nameless)
    changes = Change.objects.filter(seminar=seminar_id)
    changes.filter(state=ChangeState.ASKED).update(state=ChangeState.WITHDRAWN, ended_at=at)
    changes.update(person={}, person_before={})
    for practical in Practical.objects.filter(seminar=seminar_id):
        Practical.objects.filter(pk=practical.pk).update(**dict.fromkeys(TEXTS, ""), saved_by=None)
        empty_history(HistoryEntry.objects.about(practical))
    for report in Report.objects.filter(seminar=seminar_id):
        _end_report(report, nameless)
    for panel in Panel.objects.filter(side__call=seminar.call_id).select_for_update().order_by("pk"):
        _end_minutes(panel, nameless(panel.minutes), "minutes_without_names", by, at)
    for selection in Selection.objects.filter(call=seminar.call_id).select_for_update():
        _end_minutes(selection, nameless(selection.minutes), "minutes_without_names", by, at)


def end_call(call_id: int, *, by: User, at: datetime) -> None:
    """Delete the minutes of a call once its last period has ended: free texts, in which anybody may be named."""
    for panel in Panel.objects.filter(side__call=call_id).select_for_update().order_by("pk"):
        _end_minutes(panel, "", "minutes_deleted", by, at)
    for selection in Selection.objects.filter(call=call_id).select_for_update():
        _end_minutes(selection, "", "minutes_deleted", by, at)


def _people(seminar: Seminar) -> list[dict[str, str]]:
    """Return the names of everybody whom the records of a pair, its list rows and its changes name."""
    records = Q(proposal__seminar=seminar)
    found = [{name: getattr(one, name) for name in NAMES} for one in Participant.objects.filter(records)]
    found += [{name: getattr(one, name) for name in NAMES} for one in ListedApplication.objects.filter(seminar=seminar)]
    held = Proposal.objects.filter(seminar=seminar).select_related("coordinator")
    found += [{name: getattr(record.coordinator, name) for name in NAMES} for record in held]
    for change in Change.objects.filter(seminar=seminar):
        found += [{name: str(said.get(name, "")) for name in NAMES} for said in (change.person, change.person_before)]
    return [person for person in found if any(person.values())]


def _rewrite(row: Model, names: tuple[str, ...], nameless: Nameless) -> None:
    texts = {name: nameless(getattr(row, name)) for name in names}
    if any(getattr(row, name) != text for name, text in texts.items()):
        type(row)._default_manager.filter(pk=row.pk).update(**texts)


def _end_report(report: Report, nameless: Nameless) -> None:
    """Take people out of a report and its frozen versions, whose fingerprints stay those of what was handed in."""
    for file in ReportFile.objects.filter(report=report):
        transaction.on_commit(partial(storage.remove, str(file.file.name)))
    ReportFile.objects.filter(report=report).delete()
    for publication in report.publications.all():
        publication.citation = citation_after(publication.doi)
        publication.save(update_fields=["citation"])
    for version in ReportVersion.objects.filter(report=report):
        version.snapshot = canonical(without_people(json.loads(version.snapshot), nameless))
        version.save(update_fields=["snapshot"])
    Report.objects.filter(pk=report.pk).update(public_text="", published_at=None)
    empty_history(HistoryEntry.objects.about(report))


def _end_minutes(held: Panel | Selection, text: str, verb: str, by: User, at: datetime) -> None:
    """Store what is left of minutes; the history keeps the fingerprint of what they were, and no text."""
    if text == held.minutes:
        return
    entries = HistoryEntry.objects.about(held)
    empty_history(entries.filter(Q(before__has_key="minutes") | Q(after__has_key="minutes")))
    record(held, verb, by=by, at=at, before={"sha256": sha256(held.minutes)}, after={"sha256": sha256(text)})
    type(held)._default_manager.filter(pk=held.pk).update(minutes=text)
