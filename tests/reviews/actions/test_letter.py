"""The words of the letters: written by both agencies' officers, released with the outcomes (R26, SAFETY 4)."""

from typing import Any

import pytest

from accounts.models import HistoryEntry, Message, User
from reviews.actions import announcement
from reviews.actions.letter import DEFAULT, save_letter
from reviews.models import LetterTemplate, Told
from seminars.models import Recusal
from seminars.permissions import Refused
from tests import cast
from tests.reviews import settled, world
from tests.reviews.settled import BOTH, DUE, PLANNED
from tests.seminars.filed import officer

pytestmark = pytest.mark.django_db
WORDS = {"en": "Well done, {name}: {number}.", "fr": "Bravo, {name} : {number}.", "ja": "{name}様 {number}"}


def write(part: str = "selected", version: int = 0, country: str = "FR", **changes: Any) -> LetterTemplate | None:
    texts = {**WORDS, **changes}
    return save_letter(cast.call_2026(), part, texts, version=version, by=officer(country), at=PLANNED)


def test_a_letter_goes_out_in_the_officers_words_and_the_readers_language() -> None:
    pairs = world.pairs_in_review(2)
    settled.decided(pairs, ["selected", "not_selected"])
    reader = pairs[0].proposals.order_by("pk")[0].coordinator
    User.objects.filter(pk=reader.pk).update(language="fr")
    write()
    write("subject", en="{title}:\n decided", fr="{title} : décidé", ja="{title}：決定", country="JP")
    settled.planned(pairs[0].call)
    settled.release(*BOTH)
    assert announcement.announce_due(at=DUE) == 1
    told = Message.objects.filter(kind="outcome_told")
    mine = told.get(recipient=reader)
    assert mine.subject == "Seminar 001 : décidé"
    assert f"Bravo, Ana DURAND : {pairs[0]}." in mine.text
    assert set(told.exclude(pk=mine.pk).values_list("subject", flat=True)) == {
        "Seminar 001: decided",
        "Seminar 002: decided",
    }


def test_other_words_need_other_releases_even_when_they_come_back() -> None:
    pairs = world.pairs_in_review()
    settled.decided(pairs, ["selected"])
    settled.planned(pairs[0].call)
    settled.release(*BOTH)
    write()
    assert announcement.announce_due(at=DUE) == 0
    settled.release(*BOTH)
    write("selected", 1, en="Other words.")
    write("selected", 2)
    assert announcement.announce_due(at=DUE) == 0
    settled.release(*BOTH)
    assert write("selected", 3) is not None  # the same words: nothing changes
    assert announcement.announce_due(at=DUE) == 1


def test_two_officers_do_not_overwrite_each_other() -> None:
    settled.decided(world.pairs_in_review(), ["selected"])
    assert write() is not None
    assert write(country="JP", en="Mine.") is None
    assert LetterTemplate.objects.get().text_en == WORDS["en"]
    assert write(version=1, country="JP", en="Mine.") is not None
    assert LetterTemplate.objects.get().version == 2


def test_back_to_the_default_is_a_change_that_the_history_keeps() -> None:
    settled.decided(world.pairs_in_review(), ["selected"])
    call, by = cast.call_2026(), officer("FR")
    assert save_letter(call, "selected", DEFAULT, version=0, by=by, at=PLANNED) is not None
    assert not LetterTemplate.objects.exists()
    write()
    template = save_letter(call, "selected", DEFAULT, version=1, by=by, at=PLANNED)
    assert template is not None
    assert (template.is_default, template.version) == (True, 2)
    entries = HistoryEntry.objects.about(template).order_by("pk")
    assert [(entry.verb, entry.before["en"]) for entry in entries] == [
        ("letter_written", ""),
        ("letter_reset", WORDS["en"]),
    ]


@pytest.mark.parametrize(
    ("part", "changes", "words"),
    [
        ("selected", {"fr": " "}, "every language"),
        ("selected", {"ja": "{rank}"}, "placeholder"),
        ("subject", {"en": "{comments}"}, "placeholder"),
        ("nothing", {}, "every language"),
    ],
)
def test_what_cannot_be_written(part: str, changes: dict[str, str], words: str) -> None:
    settled.decided(world.pairs_in_review(), ["selected"])
    with pytest.raises(Refused, match=words):
        write(part, **changes)


def test_who_may_not_write() -> None:
    world.pairs_in_review()
    with pytest.raises(Refused, match="not been opened"):
        write()
    with pytest.raises(Refused, match="Only an officer"):
        save_letter(cast.call_2026(), "selected", WORDS, version=0, by=cast.marie(), at=PLANNED)


def test_who_is_known_from_a_list_only_is_written_to_by_their_agency() -> None:
    pair = settled.listed_pair()
    world.judged(world.assigned(world.reviewer("JP"), pair), comment_coordinators="Bold.")
    Recusal.objects.create(user=cast.officer_of(cast.jsps(), "second@jsps.example"), seminar=pair, since=world.BEGUN)
    settled.announced([pair], ["selected"])
    assert not Message.objects.filter(address="kenji@kyoto.example").exists()
    assert Message.objects.filter(kind="outcome_told").count() == 1
    told = Told.objects.get()
    assert "田中" in told.handed_text
    assert "Bold." in told.handed_text
    asked = Message.objects.filter(kind="outcome_to_hand_on")
    assert {message.address for message in asked} == {officer("JP").email}
    assert all("kenji" not in message.text and str(pair) not in message.text for message in asked)
