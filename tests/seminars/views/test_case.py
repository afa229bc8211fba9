"""The scientific case."""

from typing import Any

import pytest
from django.test import Client

from seminars.models import Criterion, Proposal
from tests.cast import draft_of, in_english, marie, reread
from tests.seminars.filled import filled
from tests.signing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]


@pytest.fixture
def draft(client: Client) -> Proposal:
    """Marie's new record; Marie is signed in and reads English."""
    sign_in(client, in_english(marie()))
    return draft_of(marie())


def post(client: Client, proposal: Proposal, **typed: Any) -> Any:
    return client.post(f"/proposals/{proposal.pk}/case/", filled(proposal, "case", **typed))


def test_each_part_shows_the_guidance_of_its_criterion(client: Client, draft: Proposal) -> None:
    Criterion.objects.filter(code="novelty").update(guidance_en="<script>alert(1)</script>")
    text = client.get(f"/proposals/{draft.pk}/case/").content.decode()
    for code in ("excellence", "cooperation", "added_value", "feasibility"):
        assert f"<b>Criterion {code}</b> Guidance on {code}." in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_four_thousand_characters_are_saved_whatever_their_width(client: Client, draft: Proposal) -> None:
    text = "\U0001f9e0" * 4000
    assert post(client, draft, objectives=text).status_code == 303
    assert reread(draft).objectives == text


def test_one_more_is_told_and_kept(client: Client, draft: Proposal) -> None:
    answer = post(client, draft, objectives="x" * 4001, novelty="Good")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["objectives"]
    text = answer.content.decode()
    assert "x" * 4001 in text
    assert "<span>4001</span> characters" in text
    assert reread(draft).novelty == ""


def test_too_short_is_saved_and_listed(client: Client, draft: Proposal) -> None:
    assert post(client, draft, objectives="Short").status_code == 303
    text = client.get(f"/proposals/{draft.pk}/case/").content.decode()
    assert "Objectives: at least 200 characters are needed; there are 5." in text
    assert "<span>5</span> characters of 200 to 4000" in text


def test_composed_and_decomposed_accents_count_alike(client: Client, draft: Proposal) -> None:
    assert post(client, draft, objectives="e\u0301" * 4000).status_code == 303
    assert reread(draft).objectives == "é" * 4000


@pytest.mark.parametrize("typed", ["a\u0000b", "a\u200eb", "a\u009fb", "\ufffe", "x" * 1_000_000])
def test_what_may_never_enter_is_told_and_kept(client: Client, draft: Proposal, typed: str) -> None:
    answer = post(client, draft, objectives=typed)
    assert answer.status_code == 422
    assert answer.context["form"]["objectives"].value() == typed


def test_a_lone_surrogate_never_gives_an_error_page(client: Client, draft: Proposal) -> None:
    body = b"version=0&objectives=%ED%A0%80abc"
    answer = client.post(f"/proposals/{draft.pk}/case/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code in (303, 422)
