"""What a locked telephone shows of a mail: no secret, no outcome, no score (SAFETY 2)."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from seminars.reminding import KINDS

MAILS = Path(settings.BASE_DIR) / "templates" / "mails"
TEMPLATES = sorted(path.stem for path in MAILS.glob("[a-z]*.txt"))
HARMLESS = {"agency", "call", "number", "year"}
"""What a subject may fill in: who writes, about which call, and a receipt's number."""
WRITTEN_BY_OFFICERS = {"mailing", "outcome_told", "outcome_handed", "outcome_to_hand_on"}
"""One subject for all outcomes, which ``rules.letter`` and its tests hold to that, or an officer's own message."""
FILLED = {"reminders": {"only"}}
"""A mail that reminds of one thing has that one's subject; these are tested by themselves."""
TELLING = (
    r"\b(not selected|selected|rejected|reserve|rank|score|grade|ineligible|eligible|funded|password is|code is)\b",
    r"\b(retenu|refusé|rejeté|liste d.attente|rang|note obtenue|score|éligible|inéligible|financé)e?s?\b",
    r"(採用|不採用|採択|不採択|補欠|順位|評点|適格|不適格|助成決定)",
)
ALLOWED = {"change_settled"}
"""Tells of a change that both agencies settled with the coordinator who asked for it, not of an evaluation."""


def subject(name: str) -> str:
    return (MAILS / f"{name}.txt").read_text().split("\n", 1)[0]


@pytest.mark.parametrize("name", TEMPLATES)
def test_subject_fills_in_nothing_that_tells(name: str) -> None:
    said = set(re.findall(r"\{\{ *(\w+)", subject(name)))
    assert said <= HARMLESS | ({"subject"} if name in WRITTEN_BY_OFFICERS else set()) | FILLED.get(name, set())


@pytest.mark.parametrize("name", [name for name in TEMPLATES if name not in ALLOWED])
@pytest.mark.parametrize("language", range(3), ids=["en", "fr", "ja"])
def test_subject_tells_no_outcome(name: str, language: int) -> None:
    words = re.findall(r'translate "([^"]+)"', subject(name))
    words += re.findall(r"blocktranslate trimmed[^%]*%\}(.*?)\{% endblocktranslate", subject(name))
    with translation.override(("en", "fr", "ja")[language]):
        said = [translation.gettext(re.sub(r"\{\{ *(\w+) *\}\}", r"%(\1)s", text)) for text in words]
    assert [text for text in said if re.search(TELLING[language], text, re.IGNORECASE)] == []


@pytest.mark.parametrize("language", range(3), ids=["en", "fr", "ja"])
def test_subject_of_a_reminder_tells_no_outcome(language: int) -> None:
    with translation.override(("en", "fr", "ja")[language]):
        said = [str(text) for kind in KINDS.values() for text in (kind.subject, *kind.subjects.values())]
    assert said
    assert [text for text in said if re.search(TELLING[language], text, re.IGNORECASE)] == []
