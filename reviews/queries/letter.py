"""The letters that tell an outcome: their words, what stands for the words in braces, and whom they are for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.actions.messages import Addressee, addressee_of
from accounts.models import User
from reviews.choices import LetterPart
from reviews.models import LetterTemplate, Told
from reviews.queries.summaries import Summary
from seminars.choices import ProposalState
from seminars.models import Call, CallAgency, ListedApplication, Proposal
from seminars.rules import placeholders

LANGUAGES = {"FR": "fr", "JP": "ja"}
"""In what language to write to somebody of a country whose own choice is not known."""
DEFAULTS: Mapping[str, str | Promise] = {
    LetterPart.SUBJECT: _("The agencies have decided on your joint seminar"),
    LetterPart.SELECTED: _(
        "Your joint seminar “{title}” ({number}) has been selected by both agencies. Congratulations.\n\n"
        "{agency} now validates your budget and writes to you again before the seminar is confirmed.\n\n"
        "{criteria}\n\n{comments}"
    ),
    LetterPart.RESERVE: _(
        "Your joint seminar “{title}” ({number}) is on the reserve list of both agencies, at rank {rank}.\n\n"
        "If a selected seminar cannot take place, the agencies may select yours; {agency} then writes to you.\n\n"
        "{criteria}\n\n{comments}"
    ),
    LetterPart.NOT_SELECTED: _(
        "The agencies have not selected your joint seminar “{title}” ({number}).\n\n"
        "{agency} thanks you and your partner for the work that went into your application.\n\n"
        "{criteria}\n\n{comments}"
    ),
}


@dataclass(frozen=True)
class Letters:
    """The words of a call's letters: the officers' where they have written some, or else the default ones."""

    templates: Mapping[str, LetterTemplate]

    @property
    def versions(self) -> dict[str, int]:
        """The versions of what has ever been written, by part."""
        return {part: template.version for part, template in self.templates.items()}

    def text(self, part: str) -> str:
        """Return a part in the language in force."""
        template = self.templates.get(part)
        written = template.texts.get((get_language() or "en")[:2]) if template else ""
        return written or str(DEFAULTS[part])

    def texts(self, part: str) -> dict[str, str]:
        """Return a part in every language."""
        found = {}
        for language in ("en", "fr", "ja"):
            with translation.override(language):
                found[language] = self.text(part)
        return found


def letters_of(call: Call) -> Letters:
    """Return the words of a call's letters. One query."""
    return Letters({template.part: template for template in LetterTemplate.objects.filter(call=call)})


@dataclass(frozen=True)
class Half:
    """One half of a pair, and whom its letter is for: a person with an account, or one that only a list names."""

    pair: int
    side: CallAgency
    to: User | Addressee
    record: Proposal | ListedApplication

    @property
    def is_listed(self) -> bool:
        """Whether the half is a row of a list: its coordinator has no account here."""
        return isinstance(self.record, ListedApplication)


def halves_of(pairs: Collection[int]) -> list[Half]:
    """Return the halves of pairs that get a letter, records first. Two queries."""
    filed = Proposal.objects.filter(seminar__in=pairs, state=ProposalState.SUBMITTED)
    filed = filed.select_related("coordinator", "side__agency", "side__call").order_by("pk")
    halves = [Half(record.seminar_id or 0, record.side, record.coordinator, record) for record in filed]
    for row in ListedApplication.objects.filter(seminar__in=pairs).with_side():
        language = LANGUAGES.get(row.side.agency.country, "en")
        with translation.override(language):
            to = Addressee(row.email, language, row.display_name, row.side.agency.time_zone)
        halves.append(Half(row.seminar_id or 0, row.side, to, row))
    return halves


def context_of(letters: Letters, told: Told, half: Half, summary: Summary) -> dict[str, str]:
    """Return the subject and the text of a letter, in its reader's language."""
    to = addressee_of(half.to)
    with translation.override(to.language):
        agency = half.side.agency
        context = {"summary": summary, "agency": agency}
        values = {
            "name": to.name,
            "title": str(half.record),
            "number": str(told.seminar),
            "agency": agency.name,
            "rank": str(told.reserve_rank or ""),
            "criteria": render_to_string("mails/_criteria.txt", context, using="mail").strip(),
            "comments": render_to_string("mails/_comments.txt", context, using="mail").strip(),
        }
        parts = {"subject": LetterPart.SUBJECT.value, "letter": told.outcome}
        return {name: placeholders.fill(letters.text(part), values) for name, part in parts.items()}
