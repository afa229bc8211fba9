"""The whole story: Marie and Kenji file one seminar with two agencies, and the officers see a complete pair."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.journeys import entering, filing, pairing, writing
from tests.journeys.entering import KENJI, MARIE
from tests.journeys.places import CALL, Place

TITLE = "Ageing neurons, from one cell to the person"
FACTS = {
    "title_en": TITLE,
    "title_fr": "Neurones et âge : de la cellule à la personne",
    "abstract_en": "Two teams compare how neurons age in mice and in people, and plan joint experiments. " * 3,
    "keywords": "ageing; neurons、 imaging",
    "venue_name": "Kyoto University, Kihada Hall",
    "venue_city": "Uji",
    "venue_country": "JP",
}
FRENCH_LABORATORY = {
    "name": "Neurocentre Magendie",
    "kind": "inserm",
    "unit": "U1215",
    "rnsr": "201622166F",
    "institution": "Université de Bordeaux",
    "city": "Bordeaux",
    "country": "FR",
}
JAPANESE_LABORATORY = {
    "name": "Neural Systems Laboratory",
    "kind": "other",
    "institution": "Kyoto University",
    "city": "Kyoto",
    "country": "JP",
}
COORDINATORS = {
    "own-position": "Directrice de recherche",
    **{f"own-laboratory-{name}": value for name, value in FRENCH_LABORATORY.items()},
    "partner-given_name": "Kenji",
    "partner-family_name": "Tanaka",
    "partner-email": KENJI.email,
    **{f"partner-laboratory-{name}": value for name, value in JAPANESE_LABORATORY.items()},
    "director_name": "Paul Girard",
}
OPENING = {"title": "Opening", "speaker": "Marie Lefèvre", "starts": "09:00", "ends": "10:30"}
SPEAKER = {
    "family_name": "N'Diaye-Müller",
    "given_name": "Éléonore",
    "role": "speaker",
    "career_stage": "cr",
    "email": "eleonore@inserm.example",
    "laboratory": "Neurocentre Magendie (U1215)",
    "talk_title": "Clocks in neurons",
    "young": True,
    "statutory": True,
}
FLIGHTS = {"kind": "intl_travel", "quantity": "2", "unit_cost": "1 234,50", "note": "Bordeaux–Ōsaka"}
STUDENT = {
    "family_name": "Sato",
    "given_name": "Yuki",
    "family_name_kanji": "佐藤",
    "given_name_kanji": "有紀",
    "family_name_kana": "サトウ",
    "given_name_kana": "ユキ",
    "role": "attendee",
    "career_stage": "phd",
    "laboratory": "new",
    "lab-name": "Laboratory of Brain Clocks",
    "lab-country": "JP",
    "lab-city": "Ōsaka",
    "young": True,
}
FRENCH_CASE = (
    "Nos deux équipes réunissent l’imagerie et la génétique du vieillissement : œuvre commune, à l’échelle. " * 3
)
JAPANESE_CASE = "両チームは神経細胞の老化について、画像解析と遺伝学の両面から共同研究を進めます。" * 6
MESSAGE = "Cher Kenji, déposons-nous ensemble ? 一緒に申請しませんか。"
REASON = "様式の所属名が正式名称と異なります。訂正してください。"
INSTITUTION = "ito.haruka@kyoto.example"


@dataclass(frozen=True)
class Cast:
    """Who plays, each in a browser of their own."""

    marie: Page
    kenji: Page
    institution: Page
    inserm: Page
    jsps: Page


def play(cast: Cast, place: Place) -> None:
    """Play from signing up to two receipts and the officers' desk; the officers' pages are signed in already."""
    french = marie_starts(cast.marie, place)
    marie_writes(cast.marie, french)
    pairing.invite(cast.marie, french, KENJI, MESSAGE)
    japanese = kenji_accepts(cast.kenji, place)
    kenji_writes(cast.kenji, japanese)
    pairing.confirm(cast.kenji, japanese)
    pairing.confirm(cast.marie, french)
    settle_differences(cast, french, japanese)
    receipt = filing.submit(cast.marie, french)
    first = filing.is_receipt(cast.marie, receipt, "success")
    second = kenji_files(cast, japanese, place)
    for officer in (cast.inserm, cast.jsps):
        filing.sees_the_pair(officer, place.address, TITLE, [first, second])


def marie_starts(page: Page, place: Place) -> str:
    """Marie signs up from the first page and starts the record for Inserm in the open call."""
    page.goto(place.address)
    entering.press(page, "main a[href='/account/signup/']")
    entering.sign_up(page, MARIE, place)
    record = writing.start_record(page, place.address, CALL, "inserm")
    entering.reads_as(page, MARIE)
    return record


def marie_writes(page: Page, record: str) -> None:
    """Marie fills in the eight sections; the last page says that only the partner is missing."""
    writing.write_facts(page, FACTS)
    writing.go_on(page, "coordinators")
    writing.name_coordinators(page, COORDINATORS)
    writing.go_on(page, "case")
    writing.make_the_case(page, FRENCH_CASE)
    writing.go_on(page, "programme")
    writing.add_row(
        page, "sessions", {"title": "Opening", "speaker": "Marie Lefèvre", "starts": "09:00", "ends": "10:30"}
    )
    writing.add_row(page, "sessions", {"title": "Imaging in the living brain", "speaker": "Kenji Tanaka"})
    writing.turn_to(page, "participants")
    writing.add_row(page, "participants", SPEAKER, "?side=FR")
    writing.turn_to(page, "budget")
    writing.add_row(
        page, "lines", {"kind": "intl_travel", "quantity": "2", "unit_cost": "1 234,50", "note": "Bordeaux–Kyoto"}
    )
    writing.add_row(page, "lines", {"kind": "meals", "quantity": "6", "unit_cost": "20"})
    expect(page.locator("#total output")).to_have_text("2 589,00 €")
    writing.turn_to(page, "attachments")
    writing.attach(page, "Curriculum vitæ – Lefèvre.pdf")
    writing.turn_to(page, "declarations")
    writing.declare(page)


def kenji_accepts(page: Page, place: Place) -> str:
    """Kenji opens the link that he was sent, signs up with that address, and accepts: the shared facts are there."""
    invitation = place.link(KENJI.email, "/invitations/")
    page.goto(invitation)
    entering.reads_as(page, KENJI)
    entering.press(page, "main a[href^='/account/signup/']")
    expect(page.locator("[name=email]")).to_have_value(KENJI.email)
    entering.sign_up(page, KENJI, place)
    page.wait_for_url(invitation)
    record = pairing.accept(page, MARIE, MESSAGE)
    page.goto(f"{record}facts/")
    for name in ("title_en", "title_fr", "venue_name", "venue_city", "venue_country"):
        expect(page.locator(f"[name={name}]")).to_have_value(FACTS[name])
    expect(page.locator("[name=keywords]")).to_have_value("ageing, neurons, imaging")
    writing.complete(page, "facts")
    return record


def kenji_writes(page: Page, record: str) -> None:
    """Kenji fills in what is his side's alone; kana typed as hiragana are taken as katakana."""
    page.goto(f"{record}coordinators/")
    writing.name_coordinators(
        page,
        {
            "own-family_name_kanji": "田中",
            "own-given_name_kanji": "健二",
            "own-family_name_kana": "たなか",
            "own-given_name_kana": "ケンジ",
            "own-position": "教授",
            "track": "counterpart",
            "application_number": "120279901",
            "institution_officer_name": "Haruka Ito",
            "institution_officer_email": INSTITUTION,
        },
    )
    writing.go_on(page, "case")
    writing.make_the_case(page, JAPANESE_CASE)
    writing.go_on(page, "programme")
    expect(page.locator("#rows tbody tr")).to_have_count(2)
    writing.turn_to(page, "participants")
    person = {"family_name": "Sato", "given_name": "Yuki", "family_name_kanji": "佐藤", "given_name_kanji": "有紀"}
    person |= {"family_name_kana": "サトウ", "given_name_kana": "ユキ", "role": "attendee", "career_stage": "phd"}
    writing.add_row(
        page, "participants", {**person, "laboratory": JAPANESE_LABORATORY["name"], "young": True}, "?side=JP"
    )
    writing.turn_to(page, "budget")
    writing.add_row(page, "lines", {"kind": "organisation", "quantity": "1", "unit_cost": "350,000"})
    expect(page.locator("#total")).to_contain_text("350,000円")
    writing.turn_to(page, "attachments")
    writing.turn_to(page, "declarations")
    writing.declare(page)


def settle_differences(cast: Cast, french: str, japanese: str) -> None:
    """Kenji ends the seminar a day earlier and in another city; Marie sees both values and takes his."""
    page = cast.kenji
    page.goto(f"{japanese}facts/")
    last = date.fromisoformat(page.locator("[name=end_on]").input_value()) - timedelta(days=1)
    writing.fill(page, {"end_on": f"{last}", "venue_city": "Kyoto"})
    page.locator("[name=venue_city]").blur()
    writing.saved_by_itself(page)
    pairing.sees_difference(page, japanese, "venue_city", own="Kyoto", partner="Uji")
    cast.marie.goto(f"{french}submit/")
    expect(cast.marie.locator("form[data-submit-once]")).to_have_count(0)
    pairing.sees_difference(cast.marie, french, "venue_city", own="Uji", partner="Kyoto")
    pairing.take_from_partner(cast.marie, "dates")
    pairing.take_from_partner(cast.marie, "venue_city")
    cast.marie.goto(f"{french}facts/")
    expect(cast.marie.locator("[name=end_on]")).to_have_value(f"{last}")


def kenji_files(cast: Cast, japanese: str, place: Place) -> str:
    """Kenji submits; his institution returns the record with a reason, then approves it. Returns the number."""
    page = cast.kenji
    filing.is_receipt(page, filing.submit(page, japanese), "info")
    filing.return_for_correction(cast.institution, place.link(INSTITUTION, "/approvals/"), REASON)
    page.goto(place.link(KENJI.email, "/proposals/"))
    expect(page.locator("main .state").first).to_have_class(re.compile("state-draft"))
    page.goto(f"{japanese}coordinators/")
    writing.fill(page, {"own-position": "大学院医学研究科 教授"})
    writing.saved_by_itself(page)
    receipt = filing.submit(page, japanese)
    filing.approve(cast.institution, place.link(INSTITUTION, "/approvals/"))
    return filing.is_receipt(page, receipt, "success")
