"""Dossiers as PDF: what is in them, that it can be read by machines, and that it is always the same."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pikepdf
import pytest

from accounts.models import User
from seminars.actions import attachments, pairing, submission
from seminars.actions.proposals import save_section
from seminars.choices import DossierVersion, Eligibility
from seminars.models import Proposal
from seminars.rules.redaction import for_partner
from tests import cast, pdfs, pdftext
from tests.pdftext import squeezed
from tests.seminars.exports.pdf.conftest import attach, half, made
from tests.seminars.filed import AFTER, decide


def saying(draft: Proposal, **texts: str) -> Proposal:
    """Return a draft that says something else in its scientific case."""
    said = cast.reread(draft)
    save_section(said, "case", texts, version=said.case_version, by=said.coordinator, at=cast.BEFORE)
    return cast.reread(said)


def metadata(content: bytes) -> str:
    """Return everything a PDF says of itself."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return str(dict(pdf.docinfo.items())) + pdf.Root.Metadata.read_bytes().decode()


def test_a_pair_is_told_on_its_cover(pair: tuple[Proposal, Proposal]) -> None:
    filings = [record.submissions.get() for record in pair]
    cover = pdftext.pages(made(*pair))[0]
    for words in (
        "Inserm",
        "Japan Society for the Promotion of Science",
        "Inserm/JSPS joint seminars 2026",
        f"Pair {pair[0].seminar}",
        "Ageing neurons",
        "14–16 June 2027 · Bordeaux, France",
        *(filing.number for filing in filings),
        *(filing.sha256 for filing in filings),
        "1 Jul 2026, 12:00 Paris · 19:00 Tokyo",
        "2026-07-01T10:00:00Z",
        "Submitted",
        "1 / 8",
    ):
        assert squeezed(words) in cover, words


def test_all_sections_have_bookmarks_in_order(pair: tuple[Proposal, Proposal]) -> None:
    sections = [title for title in pdftext.bookmarks(made(*pair)) if not title.startswith("--")]
    of_both = [
        "-Seminar facts",
        "-Coordinator and partner",
        "-Scientific case",
        "-Seminar programme",
        "-Participants and laboratories",
        "-Budget",
        "-Declarations",
    ]
    assert sections == [
        "Ageing neurons",
        "Record of Inserm",
        *of_both,
        "Record of JSPS",
        *of_both,
        "-Institution's approval",
        "Attachments",
        "-programme détaillé.pdf",
        "-lettre.pdf",
    ]


@pytest.mark.parametrize(
    ("language", "zone", "words"),
    [
        (
            "fr",
            "Europe/Paris",
            ["Données du séminaire", "Sous-total", "60,00 €", "1er juil. 2026, 12:00 heure de Paris"],
        ),
        (
            "ja",
            "Asia/Tokyo",
            ["セミナーの基本情報", "小計", "150,000円", "2026年7月1日 19:00 日本時間・12:00 パリ時間"],
        ),
    ],
)
def test_a_dossier_speaks_the_language_asked_for(
    pair: tuple[Proposal, Proposal], language: str, zone: str, words: list[str]
) -> None:
    content = made(*pair, language=language, zone=zone)
    said = pdftext.text(content)
    assert [word for word in words if squeezed(word) not in said] == []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == language


def test_japanese_names_are_text_in_fonts_inside_the_file(pair: tuple[Proposal, Proposal]) -> None:
    content = made(*pair)
    assert squeezed("田中 健二タナカ ケンジ") in pdftext.text(content)
    assert set(pdftext.fonts(content).values()) == {True}


def test_what_is_filed_gives_the_same_bytes_whatever_is_written_since(pair: tuple[Proposal, Proposal]) -> None:
    french, japanese = pair
    first = made(french, japanese)
    User.objects.filter(pk=japanese.coordinator_id).update(family_name="Changed")
    Proposal.objects.filter(pk=japanese.pk).update(objectives="Written behind the submission's back.")
    assert made(french, japanese, at=cast.BEFORE + timedelta(days=300)) == first


def test_a_file_says_its_title_and_nobodys_name(pair: tuple[Proposal, Proposal]) -> None:
    said = metadata(made(*pair))
    assert "Ageing neurons · Pair " in said
    for word in ("Lef", "Tanaka", "田中", "@", "officer"):
        assert word not in said


def test_a_dossier_without_files_claims_to_be_accessible_and_is_tagged(pair: tuple[Proposal, Proposal]) -> None:
    content = made(pair[1])
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert (bool(pdf.Root.MarkInfo.Marked), "/StructTreeRoot" in pdf.Root) == (True, True)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_files_follow_their_own_page_and_the_claim_goes(pair: tuple[Proposal, Proposal]) -> None:
    content = made(pair[0])
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tagged = ["/StructParents" in page.obj for page in pdf.pages]
        assert "/StructTreeRoot" in pdf.Root
        labels = [str(page.label) for page in pdf.pages]
    own = tagged.index(False)
    assert tagged[own:] == [False, False, True, False, False, False]
    assert labels[own - 1 :] == [str(own), "1-1", "1-2", str(own + 1), "2-1", "2-2", "2-3"]
    assert "pdfuaid:part" not in metadata(content)


def test_a_draft_says_so_in_words_on_every_page(db: None) -> None:
    pages = pdftext.pages(made(cast.complete_draft(cast.marie())))
    assert ["Draft:notsubmitted" in page for page in pages] == [True] * len(pages)


def test_a_nearly_empty_draft_is_a_dossier_too(db: None) -> None:
    said = pdftext.text(made(cast.draft_of(cast.marie())))
    for words in ("Without a title", "No session is planned yet.", "No cost is entered yet."):
        assert squeezed(words) in said


def test_what_the_institution_has_not_approved_is_marked(db: None) -> None:
    japanese = cast.complete_draft(cast.kenji(), "JP")
    invitation = cast.invited(cast.complete_draft(cast.marie()), cast.kenji())
    pairing.accept_invitation(invitation, by=cast.verified(cast.kenji()), at=cast.BEFORE, attach=japanese)
    pairing.confirm_pair(cast.reread(japanese), by=cast.kenji(), at=cast.BEFORE)
    submission.submit(japanese.pk, form_uuid=uuid4(), by=cast.kenji(), at=cast.BEFORE)
    pages = pdftext.pages(made(cast.reread(japanese)))
    assert all(squeezed("Awaiting institution's approval") in page for page in pages)


HOSTILE = (
    '#read("/etc/passwd")',
    '#import "@preview/x:1.0.0": *',
    "*bold* _thin_ $x^2$ `raw` @ref <label> = Heading",
    "\\u{1F600} // comment /* block */ #[markup] ~ -- ---",
    "'single' \"double\" «guillemets» 「鉤括弧」",
    "]]) #panic() \\",
)


def test_hostile_text_is_text(db: None) -> None:
    draft = saying(cast.complete_draft(cast.marie()), objectives="\n".join(HOSTILE))
    said = pdftext.text(made(draft))
    assert [text for text in HOSTILE if squeezed(text) not in said] == []
    assert "root:x:0" not in said


def test_words_that_never_end_stay_on_the_page(db: None) -> None:
    draft = saying(cast.complete_draft(cast.marie()), objectives="x" * 4000, novelty="漢字" * 2000)
    content = made(draft)
    assert pdftext.text(content).count("x" * 80) >= 49
    assert pdftext.text(content).count("漢字") == 2000


def test_shapes_that_no_font_has_cost_the_claim_only(db: None) -> None:
    content = made(saying(cast.complete_draft(cast.marie()), objectives="😀 مرحبا " * 40))
    assert "pdfuaid:part" not in metadata(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert "/StructTreeRoot" in pdf.Root


def test_a_file_that_is_lost_damaged_or_another_is_left_out_in_words(pair: tuple[Proposal, Proposal]) -> None:
    lost, damaged = (Path(attachment.file.path) for attachment in pair[0].attachments.all())
    lost.unlink()
    damaged.write_bytes(pdfs.plain(9))
    content = made(pair[0])
    note = squeezed("This file is not kept any more, or cannot be read. It is left out.")
    assert [note in page for page in pdftext.pages(content)][-2:] == [True, True]
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata(content)


def test_what_counts_keeps_its_files_while_it_is_corrected(pair: tuple[Proposal, Proposal]) -> None:
    before = made(pair[0])
    assert pair[0].seminar is not None
    decide(pair[0].seminar, "FR", Eligibility.CORRECTION, until=AFTER + timedelta(days=7))
    attachments.detach(cast.reread(pair[0]).attachments.all()[0], by=pair[0].coordinator, at=AFTER)
    assert made(pair[0]) == before


def test_a_file_brings_what_it_shows_and_nothing_else(db: None, files_root: Path) -> None:
    draft = cast.complete_draft(cast.marie())
    attach(draft, _commented(), "commented.pdf")
    with pikepdf.open(io.BytesIO(made(draft))) as pdf:
        page = pdf.pages[-1].obj
        written = b"".join(found.unparse(resolved=True) for found in pdf.objects)
    assert [str(link.A.URI) for link in page.Annots] == ["https://example.org/paper"]
    assert "/Metadata" not in page
    assert b"Reviewer Two" not in written


def _commented() -> bytes:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org/paper"))
    place = pikepdf.Array([0, 0, 9, 9])
    kinds: list[dict[str, Any]] = [
        {"Subtype": pikepdf.Name.Link, "Rect": place, "A": link},
        {"Subtype": pikepdf.Name.Text, "Rect": place, "T": pikepdf.String("Reviewer Two")},
    ]
    page.obj.Annots = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Annot, **kind) for kind in kinds])
    page.obj.Metadata = pdf.make_stream(b"<x>Reviewer Two</x>")
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


def test_reviewers_find_no_address_instant_or_fingerprint_anywhere(pair: tuple[Proposal, Proposal]) -> None:
    content = made(*pair, version=DossierVersion.REVIEWERS)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        raw = b"".join(found.unparse(resolved=True) for found in pdf.objects).decode("latin-1")
    said = pdftext.text(content) + metadata(content) + raw
    hidden = [
        "@",
        "ito",
        "Haruka",
        "Girard",
        "2026-07-01",
        "D:20260701",
        "1 Jul 2026",
        *(record.submissions.get().sha256[:32] for record in pair),
        *(attachment.sha256[:32] for attachment in pair[0].attachments.all()),
        "Declarations",
        "approval",
    ]
    assert [words for words in hidden if squeezed(words) in said] == []
    shown = [
        "Reviewers' version",
        "Lefèvre".upper(),
        "田中 健二",
        "Scientific case",
        "Budget",
        "programme détaillé.pdf",
    ]
    assert [words for words in shown if squeezed(words) not in said] == []


def test_reviewers_read_a_mark_where_somebody_wrote_an_address(db: None) -> None:
    draft = saying(
        cast.complete_draft(cast.marie()), novelty=f"{cast.NARRATIVE} Ask reiko@lab.example, 01 42 34 56 78."
    )
    seen = pdftext.text(made(draft, version=DossierVersion.REVIEWERS, language="fr"))
    assert squeezed("Ask [adresse électronique non communiquée], [numéro de téléphone non communiqué].") in seen
    assert squeezed("reiko@lab.example, 01 42 34 56 78") in pdftext.text(made(draft))


def test_the_partner_sees_the_shared_facts_and_nothing_else(pair: tuple[Proposal, Proposal]) -> None:
    seen = half(pair[0]).seen(for_partner)
    assert (set(seen.said), set(seen.said["snapshot"]), seen.files) == (
        {"state", "snapshot"},
        {"call", "agency", "facts", "programme", "coordinators"},
        (),
    )
