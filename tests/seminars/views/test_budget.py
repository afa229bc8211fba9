"""The budget in the side's own currency, against its cap (R14 to R17)."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from seminars.models import BudgetLine, CallAgency, Proposal
from tests.cast import complete_draft, kenji, marie
from tests.seminars import typed
from tests.seminars.typed import url
from tests.signing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("before_the_deadline")]


def draft_of(client: Client, who: User, country: str, language: str = "en") -> Proposal:
    sign_in(client, who)
    pk = complete_draft(who, country).pk
    User.objects.update(language=language)
    return Proposal.objects.get(pk=pk)


@pytest.fixture
def draft(client: Client) -> Proposal:
    """Marie's complete draft with one line of 60.00 euros and a cap of 12,000."""
    return draft_of(client, marie(), "FR")


@pytest.fixture
def japanese(client: Client) -> Proposal:
    """Kenji's complete draft with one line of 150,000 yen and no cap."""
    return draft_of(client, kenji(), "JP")


def add(client: Client, proposal: Proposal, **changes: Any) -> Any:
    return client.post(url(proposal, "lines/add/"), typed.line(**changes))


def newest(proposal: Proposal) -> BudgetLine:
    return proposal.lines.order_by("-pk")[0]


def test_line_is_saved_and_reckoned(client: Client, draft: Proposal) -> None:
    own = draft.participants.get(side="FR")
    answer = add(client, draft, participant=own.pk, quantity="３", unit="", unit_cost="1,234.50", note="  Two  nights ")
    made = newest(draft)
    assert answer.status_code == 303
    assert (made.kind, made.participant, made.quantity, made.unit) == ("accommodation", own, 3, "night")
    assert (made.unit_cost, made.amount, made.note) == (Decimal("1234.50"), Decimal("3703.50"), "Two nights")


@pytest.mark.parametrize(
    ("language", "text", "amount"),
    [
        ("fr", "1 234,50", "1234.50"),
        ("fr", "1\u202f234,5 €", "1234.50"),
        ("en", "1,234.50", "1234.50"),
        ("ja", "１，２３４．５０", "1234.50"),
        ("ja", "1,234", "1234.00"),
        ("en", "0", "0.00"),
        ("en", "9999999999.99", "9999999999.99"),
    ],
)
def test_amount_is_read_as_the_language_writes_it(client: Client, language: str, text: str, amount: str) -> None:
    draft = draft_of(client, marie(), "FR", language)
    assert add(client, draft, unit_cost=text).status_code == 303
    assert newest(draft).unit_cost == Decimal(amount)


@pytest.mark.parametrize(
    ("typed_in", "field", "words"),
    [
        ({"unit_cost": "1000.505"}, "unit_cost", "Enter an amount with cents at most."),
        ({"unit_cost": "-1"}, "unit_cost", "An amount cannot be negative."),
        ({"unit_cost": "10000000000"}, "unit_cost", "This amount is more than a budget can hold."),
        ({"unit_cost": "9" * 50}, "unit_cost", "This amount is more than a budget can hold."),
        ({"unit_cost": "ten"}, "unit_cost", "Enter an amount in figures, such as 1234.50."),
        ({"unit_cost": "NaN"}, "unit_cost", "Enter an amount in figures, such as 1234.50."),
        ({"unit_cost": "1e9"}, "unit_cost", "Enter an amount in figures, such as 1234.50."),
        (
            {"unit_cost": "1.234"},
            "unit_cost",
            "This can be read in two ways. Write it without a mark for thousands, such as 1234.50.",
        ),
        ({"unit_cost": ""}, "unit_cost", "This field is required."),
        ({"unit_cost": "1\x000"}, "unit_cost", "Null characters are not allowed."),
        ({"quantity": "0"}, "quantity", "Ensure this value is greater than or equal to 1."),
        ({"quantity": "-3"}, "quantity", "Ensure this value is greater than or equal to 1."),
        ({"quantity": "10000"}, "quantity", "Ensure this value is less than or equal to 9999."),
        ({"quantity": "1.5"}, "quantity", "Enter a whole number."),
        ({"quantity": "9" * 5000}, "quantity", "Enter a whole number."),
        ({"kind": "organisation"}, "kind", None),
        ({"kind": "champagne"}, "kind", None),
        ({"kind": ""}, "kind", "This field is required."),
        ({"unit": "bottle"}, "unit", None),
        ({"participant": "0"}, "participant", None),
        ({"participant": "x"}, "participant", None),
        ({"participant": "9" * 30}, "participant", None),
        ({"note": "a" * 301}, "note", None),
    ],
)
def test_wrong_value_is_told_beside_its_field(
    client: Client, draft: Proposal, typed_in: dict[str, str], field: str, words: str | None
) -> None:
    answer = add(client, draft, **typed_in)
    form = answer.context["open"].form
    assert (answer.status_code, list(form.errors), draft.lines.count()) == (422, [field], 1)
    assert form[field].value() == typed_in[field]
    if words:
        assert words in form.errors[field]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1000.5", "Enter whole yen."),
        ("1000,50", "Enter whole yen."),
        ("-1", "An amount cannot be negative."),
        ("1.234", "This can be read in two ways. Write it without a mark for thousands, such as 1234."),
        ("4万", "Enter an amount in figures, such as 1234."),
    ],
)
def test_yen_are_whole(client: Client, japanese: Proposal, text: str, words: str) -> None:
    answer = add(client, japanese, unit_cost=text)
    assert (answer.status_code, answer.context["open"].form.errors["unit_cost"]) == (422, [words])
    assert japanese.lines.count() == 1


def test_yen_are_saved(client: Client, japanese: Proposal) -> None:
    assert add(client, japanese, unit_cost="￥２，５００，０００円").status_code == 303
    assert newest(japanese).unit_cost == 2_500_000


@pytest.mark.parametrize(
    ("language", "shown"), [("en", ("20.00", "50000")), ("fr", ("20,00", "50000")), ("ja", ("20.00", "50000"))]
)
def test_saved_amount_is_typed_again_as_the_language_writes_it(
    client: Client, language: str, shown: tuple[str, str]
) -> None:
    for who, country, expected in ((marie(), "FR", shown[0]), (kenji(), "JP", shown[1])):
        draft = draft_of(client, who, country, language)
        line = draft.lines.get()
        page = client.get(url(draft, f"lines/{line.pk}/"))
        assert f'name="unit_cost" value="{expected}"' in page.content.decode()
        unchanged = client.post(url(draft, f"lines/{line.pk}/"), typed.shown(line, "lines", unit_cost=expected))
        assert (unchanged.status_code, draft.lines.get().unit_cost) == (303, line.unit_cost)


def test_only_what_the_agency_pays_is_offered(client: Client, draft: Proposal) -> None:
    choices = client.get(url(draft, "lines/add/")).context["open"].form.fields["kind"].choices
    assert [kind for kind, _label in choices] == ["", "intl_travel", "local_travel", "accommodation", "meals"]


def test_only_the_side_s_own_people_are_offered(client: Client, draft: Proposal) -> None:
    theirs = typed.somebody(draft, side="JP")
    form = client.get(url(draft, "lines/add/")).context["open"].form
    assert [label for _key, label in form.fields["participant"].choices][1:] == ["Marie LEFÈVRE"]
    answer = add(client, draft, participant=theirs.pk)
    assert (answer.status_code, list(answer.context["open"].form.errors)) == (422, ["participant"])


def test_person_of_another_record_is_refused(client: Client, draft: Proposal) -> None:
    theirs = complete_draft(kenji(), "JP").participants.get(side="FR")
    assert add(client, draft, participant=theirs.pk).status_code == 422


def test_sums_are_shown_by_kind_and_against_the_cap(client: Client, draft: Proposal) -> None:
    add(client, draft, quantity="2", unit_cost="140")
    add(client, draft, quantity="1", unit_cost="90.50")
    context = client.get(url(draft, "budget/")).context
    assert [(str(label), amount) for label, amount in context["kind_totals"]] == [
        ("Accommodation", Decimal("370.50")),
        ("Meals", Decimal("60.00")),
    ]
    account = context["account"]
    assert (account.total, account.cap, account.left, account.over) == (
        Decimal("430.50"),
        12000,
        Decimal("11569.50"),
        0,
    )


@pytest.mark.parametrize(
    ("cost", "over", "blocking"),
    [("11940.00", "0.00", []), ("11940.01", "0.01", ["cap"]), ("20000", "8060.00", ["cap"])],
)
def test_cap_is_held_against_the_total(
    client: Client, draft: Proposal, cost: str, over: str, blocking: list[str]
) -> None:
    assert add(client, draft, quantity="1", unit_cost=cost).status_code == 303
    page = client.get(url(draft, "budget/"))
    assert page.context["account"].over == Decimal(over)
    assert [violation.code for violation in page.context["current"].blocking] == blocking
    said = f"This is €{Decimal(over):,.2f} over the maximum amount." in page.content.decode()
    assert said is bool(blocking)


def test_meter_takes_plain_numbers_in_every_language(client: Client) -> None:
    draft = draft_of(client, marie(), "FR", "fr")
    assert 'max="12000.00" high="12000.00" value="60.00"' in client.get(url(draft, "budget/")).content.decode()


def test_side_without_a_cap_has_no_meter(client: Client, japanese: Proposal) -> None:
    page = client.get(url(japanese, "budget/"))
    assert (page.context["account"].cap, "<meter" in page.content.decode()) == (None, False)


def test_french_ceilings_are_shown_for_euros_only(client: Client, draft: Proposal) -> None:
    assert "€140 in Paris" in client.get(url(draft, "lines/add/")).content.decode()
    japanese = draft_of(client, kenji(), "JP")
    assert "in Paris" not in client.get(url(japanese, "lines/add/")).content.decode()


@pytest.mark.parametrize(
    ("data", "amount", "total"),
    [
        ({"quantity": "3", "unit_cost": "100"}, "300.00", "360.00"),
        ({"quantity": "3", "unit_cost": "x"}, None, "60.00"),
        ({"quantity": "", "unit_cost": "100"}, None, "60.00"),
        ({}, None, "60.00"),
    ],
)
def test_line_is_reckoned_while_it_is_typed(
    client: Client, draft: Proposal, data: dict[str, str], amount: str | None, total: str
) -> None:
    answer = client.post(url(draft, "lines/preview/"), data)
    assert (answer.status_code, answer.context["amount"]) == (200, Decimal(amount) if amount else None)
    assert (answer.context["account"].total, draft.lines.count()) == (Decimal(total), 1)


def test_changed_line_is_reckoned_instead_of_itself(client: Client, draft: Proposal) -> None:
    line = draft.lines.get()
    data = {"quantity": "1", "unit_cost": "100"}
    totals = [
        client.post(url(draft, f"lines/preview/?line={asked}"), data).context["account"].total
        for asked in (line.pk, "0", "x")
    ]
    assert totals == [Decimal(100), Decimal(160), Decimal(160)]


def test_nothing_is_reckoned_for_a_get(client: Client, draft: Proposal) -> None:
    assert client.get(url(draft, "lines/preview/")).status_code == 405


def test_kind_that_the_agency_pays_no_longer_must_be_chosen_anew(client: Client, draft: Proposal) -> None:
    line = draft.lines.get()
    CallAgency.objects.get(pk=draft.side_id).cost_kinds.filter(kind="meals").delete()
    assert [problem.code for problem in client.get(url(draft, "budget/")).context["lines"][0].problems] == ["cost_kind"]
    answer = client.post(url(draft, f"lines/{line.pk}/"), typed.shown(line, "lines"))
    assert (answer.status_code, list(answer.context["open"].form.errors)) == (422, ["kind"])
