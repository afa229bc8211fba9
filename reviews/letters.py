"""The letters that tell an outcome: their words, and what stands for the words in braces."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reviews.choices import Outcome
from reviews.models import Told
from reviews.summaries import Summary
from seminars.models import Proposal
from seminars.rules import placeholders

NAMES = ("name", "title", "number", "agency", "rank", "criteria", "comments")
DEFAULTS: Mapping[str, str | Promise] = {
    Outcome.SELECTED: _(
        "Your joint seminar “{title}” ({number}) has been selected by both agencies. Congratulations.\n\n"
        "{agency} now validates your budget and writes to you again before the seminar is confirmed.\n\n"
        "{criteria}\n\n{comments}"
    ),
    Outcome.RESERVE: _(
        "Your joint seminar “{title}” ({number}) is on the reserve list of both agencies, at rank {rank}.\n\n"
        "If a selected seminar cannot take place, the agencies may select yours; {agency} then writes to you.\n\n"
        "{criteria}\n\n{comments}"
    ),
    Outcome.NOT_SELECTED: _(
        "The agencies have not selected your joint seminar “{title}” ({number}).\n\n"
        "{agency} thanks you and your partner for the work that went into your application.\n\n"
        "{criteria}\n\n{comments}"
    ),
}


def letter_of(told: Told, proposal: Proposal, summary: Summary, *, name: str) -> str:
    """Return the letter to the coordinator of ``proposal``, in the language in force."""
    context = {"summary": summary, "agency": proposal.side.agency}
    values = {
        "name": name,
        "title": str(proposal),
        "number": str(told.seminar),
        "agency": proposal.side.agency.name,
        "rank": str(told.reserve_rank or ""),
        "criteria": render_to_string("mails/_criteria.txt", context, using="mail").strip(),
        "comments": render_to_string("mails/_comments.txt", context, using="mail").strip(),
    }
    return placeholders.fill(str(DEFAULTS[told.outcome]), values)
