"""What the officers of the demonstration have done at their desk: searches kept, notes, a message to coordinators."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from accounts.models import User
from seminars.actions.mailings import send_mailing
from seminars.actions.notes import write_note
from seminars.actions.searches import save_search
from seminars.choices import CONFIRMED, Audience, ProposalState
from seminars.models import Call, Note, Proposal, SavedSearch

AFTER_THE_DEADLINE = timedelta(days=5)
SEARCHES = (
    ("À appeler", "situation=attention&sort=start&columns=title,side,coordinator,pairing,changed", True),
    ("Pairs by amount", "situation=paired&sort=-amount&columns=title,amount,people,young,statutory", False),
)
OURS = "Le laboratoire demande si la participante de Nantes peut être remplacée : répondre avant vendredi."
BOTH = "We agreed by telephone that the later dates are the right ones; the French record will be corrected."
THEIRS = "所属機関から経費の内訳について問い合わせあり。来週回答予定。"
TEXTS = {
    "subject_fr": "Votre dossier {number} n’a pas été déposé à temps",
    "body_fr": "Le dossier « {title} » n’a pas été déposé avant le {deadline}.\n\nSi vous pensez pouvoir demander une "
    "admission tardive, écrivez-nous cette semaine en expliquant ce qui s’est passé.",
    "subject_en": "Your record {number} was not submitted in time",
    "body_en": "The record “{title}” was not submitted by {deadline}.\n\nIf you think that you can ask for late "
    "admission, write to us this week and tell us what happened.",
}


def fill_desk(call: Call, *, french: User, japanese: User, at: datetime) -> None:
    """Keep searches, write notes and one message for ``call``, once; no deed is dated later than ``at``."""
    if SavedSearch.objects.filter(call=call).exists() or Note.objects.filter(proposal__side__call=call).exists():
        return
    when = min(at, call.last_deadline_at + AFTER_THE_DEADLINE)
    for name, query, is_shared in SEARCHES:
        save_search(call, name=name, query=query, is_shared=is_shared, is_default=False, by=french, at=when)
    records = Proposal.objects.filter(side__call=call).order_by("pk")
    pairs = records.filter(seminar__state__in=CONFIRMED)
    for number, (country, by, text, audience, mentioned) in enumerate(
        (
            ("FR", french, OURS, Audience.OWN, []),
            ("FR", french, BOTH, Audience.BOTH, [japanese.pk]),
            ("JP", japanese, THEIRS, Audience.OWN, []),
        )
    ):
        record = pairs.filter(side__agency__country=country).first()
        if record:
            uuid = uuid5(NAMESPACE_URL, f"{call.code}:{number}")
            write_note(
                record,
                on_pair=audience == Audience.BOTH,
                text=text,
                audience=audience,
                mentioned=mentioned,
                form_uuid=uuid,
                by=by,
                at=when,
            )
    late = records.filter(side__agency__country="FR", state=ProposalState.LAPSED)
    if late:
        uuid = uuid5(NAMESPACE_URL, f"{call.code}:message")
        send_mailing(call, records=[record.pk for record in late], texts=TEXTS, form_uuid=uuid, by=french, at=when)
