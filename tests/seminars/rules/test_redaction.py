"""What reviewers, and partners, see of a record: lists of what is shown."""

from typing import Any

from seminars.rules.contacts import Marks
from seminars.rules.redaction import for_partner, for_reviewers

MARKS = Marks(email="[mail]", phone="[tel]")
LABORATORY = {"name": "Neurons", "kind": "inserm"}
COORDINATOR: dict[str, Any] = {
    "side": "FR",
    "role": "coordinator",
    "family_name": "Lefèvre",
    "given_name": "Marie",
    "email": "marie@inserm.example",
    "phone": "+33 1",
    "orcid": "0000",
    "phd_year": 1999,
    "laboratory": LABORATORY,
}
SPEAKER = {**COORDINATOR, "role": "speaker", "family_name": "Petit"}
SAID: dict[str, Any] = {
    "record": 7,
    "state": "submitted",
    "number": "INSERM-2026-1-0001",
    "sha256": "ab" * 32,
    "arrived_at": "2026-07-01T10:00:00+00:00",
    "approval": {"officer_email": "ito@kyoto.example"},
    "snapshot": {
        "call": "inserm-jsps-2026",
        "agency": "inserm",
        "record": 7,
        "facts": {"title_en": "Ageing neurons"},
        "filing": {
            "track": "counterpart",
            "application_number": "1202",
            "institution_officer_email": "ito@kyoto.example",
            "director_name": "Girard",
        },
        "case": {"novelty": "New"},
        "programme": [{"title": "Opening"}],
        "participants": [COORDINATOR, SPEAKER],
        "budget": {"total": "60.00"},
        "attachments": [{"name": "cv.pdf", "size": 9, "pages": 1, "sha256": "cd" * 32}],
        "declarations": {"declares_accuracy": True},
    },
}


def test_reviewers_see_the_science_and_no_address() -> None:
    seen = {**COORDINATOR}
    for name in ("email", "phone", "phd_year"):
        del seen[name]
    assert for_reviewers(SAID, MARKS) == {
        "record": 7,
        "state": "submitted",
        "number": "INSERM-2026-1-0001",
        "snapshot": {
            "call": "inserm-jsps-2026",
            "agency": "inserm",
            "record": 7,
            "facts": {"title_en": "Ageing neurons"},
            "filing": {"track": "counterpart", "application_number": "1202"},
            "case": {"novelty": "New"},
            "programme": [{"title": "Opening"}],
            "participants": [seen, {**seen, "role": "speaker", "family_name": "Petit"}],
            "budget": {"total": "60.00"},
            "attachments": [{"name": "cv.pdf", "size": 9, "pages": 1}],
        },
    }


def test_what_is_new_stays_out_until_it_is_listed() -> None:
    new = {**SAID, "secret": 1, "snapshot": {**SAID["snapshot"], "secret": 2}}
    assert for_reviewers(new, MARKS) == for_reviewers(SAID, MARKS)
    assert for_partner(new) == for_partner(SAID)


def test_a_listed_row_loses_its_addresses_too() -> None:
    said = {"state": "listed", "listed": {"title_en": "A", "email": "a@b", "partner_email": "c@d", "approved_on": None}}
    assert for_reviewers(said, MARKS) == {"state": "listed", "listed": {"title_en": "A"}}


def test_a_partner_sees_what_both_records_share() -> None:
    seen = {name: COORDINATOR[name] for name in ("side", "role", "family_name", "given_name", "email")}
    assert for_partner(SAID) == {
        "state": "submitted",
        "snapshot": {
            "call": "inserm-jsps-2026",
            "agency": "inserm",
            "facts": {"title_en": "Ageing neurons"},
            "programme": [{"title": "Opening"}],
            "coordinators": [seen],
        },
    }


def test_addresses_in_texts_give_way_to_marks_and_numbers_of_other_kinds_stay() -> None:
    snapshot = SAID["snapshot"]
    talk = {**SPEAKER, "talk_title": "Ask me@lab.example", "laboratory": {"institution": "Lab 01 42 34 56 78"}}
    texts = {"facts": {"title_en": "A", "keywords": ["b@c.example"]}, "case": {"novelty": "Tel. +33 1 42 34 56 78"}}
    seen = for_reviewers({**SAID, "snapshot": {**snapshot, **texts, "participants": [talk]}}, MARKS)["snapshot"]
    [person] = seen["participants"]
    assert (seen["facts"]["keywords"], seen["case"]["novelty"]) == (["[mail]"], "Tel. [tel]")
    assert (person["talk_title"], person["laboratory"]["institution"]) == ("Ask [mail]", "Lab [tel]")
    assert seen["filing"]["application_number"] == "1202"
