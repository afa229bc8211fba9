"""A pair that both sides have filed, with files, and its dossiers."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from seminars.actions import attachments, pairing, submission
from seminars.choices import DossierVersion
from seminars.exports.pdf.dossier import Manner, dossier_pdf
from seminars.exports.pdf.halves import Half, half_of, with_halves
from seminars.models import Approval, Call, Proposal
from tests import cast, pdfs

Made = Callable[..., bytes]


def filed(proposal: Proposal, at: datetime = cast.BEFORE) -> Proposal:
    """Submit a record, its institution approving where it must, and return it."""
    kept = submission.submit(proposal.pk, form_uuid=uuid4(), by=proposal.coordinator, at=at)
    if proposal.side.asks_institution_approval:
        submission.approve(Approval.objects.get(submission=kept), at=at)
    return cast.reread(proposal)


def attach(proposal: Proposal, data: bytes, name: str) -> None:
    """Attach a file to a draft."""
    attachments.attach(proposal, name=name, data=data, pages=2, by=proposal.coordinator, at=cast.BEFORE)


@pytest.fixture
def pair(db: None, files_root: Path) -> tuple[Proposal, Proposal]:
    """Marie's and Kenji's records, filed; Marie's with two files."""
    french, japanese = cast.complete_draft(cast.marie()), cast.complete_draft(cast.kenji(), "JP")
    invitation = cast.invited(french, cast.kenji())
    pairing.accept_invitation(invitation, by=cast.verified(cast.kenji()), at=cast.BEFORE, attach=japanese)
    for record in (french, japanese):
        pairing.confirm_pair(cast.reread(record), by=record.coordinator, at=cast.BEFORE)
    attach(cast.reread(french), pdfs.plain(2), "programme détaillé.pdf")
    attach(cast.reread(french), pdfs.plain(3), "lettre.pdf")
    return filed(cast.reread(french)), filed(cast.reread(japanese))


def half(record: Proposal, at: datetime = cast.BEFORE) -> Half:
    """Return a record's half as it is read now."""
    return half_of(with_halves(Proposal.objects.filter(pk=record.pk)).get(), at=at)


def made(*records: Proposal, language: str = "en", zone: str = "Europe/Paris", **options: Any) -> bytes:
    """Return the dossier of records."""
    version = options.pop("version", DossierVersion.FULL)
    call = Call.objects.with_sides().get(pk=records[0].side.call_id)
    number = str(records[0].seminar) if len(records) > 1 else ""
    manner = Manner(language, zone, version)
    return dossier_pdf([half(record, **options) for record in records], call=call, number=number, manner=manner)
