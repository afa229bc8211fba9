"""What the programme's records hold on a person, and all that all apps hold, gathered."""

import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, Q, QuerySet

from accounts.models import User
from accounts.personal import KeptFile, Row, Source, row_of, rows
from seminars.models import (
    Approval,
    Attachment,
    DefaultSearch,
    Feed,
    Invitation,
    ListedApplication,
    Note,
    Participant,
    Proposal,
    Recusal,
    SavedSearch,
    Submission,
)
from seminars.queries.snapshots import ATTACHMENT, PERSON, snapshot_of

LISTED = ("application_number", "family_name", "given_name", "email", "institution", "title")
PARTNER = ("application_number", "partner_family_name", "partner_given_name", "partner_email")


def _proposals(user: User) -> list[Row]:
    held = Proposal.objects.with_dossier().filter(coordinator=user).order_by("pk")
    return [{"state": proposal.state, **snapshot_of(proposal)} for proposal in held]


def _submissions(user: User) -> list[Row]:
    filed = Submission.objects.filter(Q(by=user) | Q(proposal__coordinator=user)).order_by("pk")
    named = ("number", "arrived_at", "counted_at", "ended_at", "sha256")
    return [{**row_of(one, *named), "snapshot": json.loads(one.snapshot)} for one in filed]


def attachments_of(user: User) -> QuerySet[Attachment]:
    """Return the files that go with a person's records, and those the person uploaded."""
    return Attachment.objects.filter(Q(proposal__coordinator=user) | Q(uploaded_by=user)).order_by("pk")


def path_of(attachment: Attachment) -> str:
    """Return where an attachment stands in the copy."""
    return f"files/{attachment.pk}-{attachment.name}"


def _attachments(user: User) -> list[Row]:
    return [row_of(file, *ATTACHMENT, "uploaded_at") | {"file": path_of(file)} for file in attachments_of(user)]


def files(user: User) -> Iterable[KeptFile]:
    """Return the files that go with a person's records, and those the person attached."""
    return (KeptFile(path_of(file), str(file.file.name)) for file in attachments_of(user))


SOURCES = (
    Source("proposals", _proposals),
    Source("submissions", _submissions),
    Source("attachments", _attachments),
    rows("named_as_participant", Participant, "email", "proposal", *PERSON, by_address=True),
    rows("invitations_sent", Invitation, "sent_by"),
    rows("invitations_received", Invitation, "email", by_address=True),
    rows("approvals_as_institution_officer", Approval, "officer_email", by_address=True),
    rows("listed_by_an_agency", ListedApplication, "email", *LISTED, by_address=True),
    rows("listed_as_partner", ListedApplication, "partner_email", *PARTNER, by_address=True),
    rows("notes", Note, "author"),
    rows("closed_pairs", Recusal, "user"),
    rows("saved_searches", SavedSearch, "owner"),
    rows("first_searches", DefaultSearch, "user"),
    rows("calendar_feeds", Feed, "owner"),
)


def gather(user: User) -> dict[str, list[Row]]:
    """Return all that the application holds on a person, by heading.

    What the person wrote, and what is about the person, is told whole. Where the person only acted for an agency
    (``handled``), the record is named and not told: what is in it is the agency's, or another person's.
    """
    told: dict[str, list[Row]] = {}
    for module in settings.PERSONAL_DATA:
        for source in import_module(module).SOURCES:
            told[source.name] = source.tell(user)
    told["handled"] = list(_handled(user))
    return told


def files_of(user: User) -> Iterator[KeptFile]:
    """Yield the files of a person's copy, from every app."""
    for module in settings.PERSONAL_DATA:
        yield from import_module(module).files(user)


def _handled(user: User) -> Iterator[Row]:
    """Yield every row of any table that names the person by a foreign key: which, and in what part."""
    for model in apps.get_models():
        links = [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]
        for field in (link for link in links if link.related_model is User):
            held: Any = model._base_manager.filter(**{field.name: user}).order_by("pk")
            for pk in held.values_list("pk", flat=True):
                yield {"record": model._meta.label_lower, "id": pk, "as": field.name}
