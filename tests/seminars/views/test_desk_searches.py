"""Saved searches: one's own and those of one's agency, canonical, and read through the same filter again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership, User
from seminars.actions.searches import save_search, start_with
from seminars.models import DefaultSearch, SavedSearch
from seminars.permissions import Refused
from seminars.permissions.search import MOST
from tests import cast
from tests.desk_records import BEFORE, proposal
from tests.sessions import sign_in

pytestmark = pytest.mark.django_db
CODE = "inserm-jsps-2026"
LIST, SEARCHES = f"/desk/{CODE}/proposals/", f"/desk/{CODE}/searches/"


def claire() -> User:
    return cast.officer_of(cast.inserm(), "claire@inserm.example", family_name="Moreau", given_name="Claire")


def zoe() -> User:
    return cast.officer_of(cast.inserm(), "zoe@inserm.example", family_name="Roy", given_name="Zoé")


def kept(by: User, name: str = "Late ones", query: str = "state=lapsed", **values: bool) -> SavedSearch:
    options = {"is_shared": False, "is_default": False, **values}
    return save_search(cast.call_2026(), name=name, query=query, by=by, at=BEFORE, **options)


def names(user: User) -> list[str]:
    return [str(search) for search in sign_in(Client(), user).get(LIST).context["searches"]]


def test_a_list_is_saved_as_the_filter_understands_it() -> None:
    cast.call_2026()
    client = sign_in(Client(), claire())
    asked = "q=neuron&state=submitted&side=nasa&sort=-title&columns=title,password,amount&page=4&x=1"
    answer = client.post(SEARCHES, {"name": "  Neurons ", "query": asked, "is_shared": "on"})
    search = SavedSearch.objects.get()
    assert (search.name, search.query, search.is_shared, search.agency) == (
        "Neurons",
        "q=neuron&state=submitted&sort=-title&columns=title,amount",
        True,
        cast.inserm(),
    )
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{LIST}?{search.query}")


def test_the_list_offers_ones_own_searches_and_those_the_agency_shares() -> None:
    kept(claire(), "Mine")
    kept(claire(), "Ours", is_shared=True)
    kept(cast.jsps_officer(), "Theirs", is_shared=True)
    assert names(claire()) == ["Mine", "Ours"]
    assert names(zoe()) == ["Ours"]
    assert names(cast.jsps_officer()) == ["Theirs"]
    page = sign_in(Client(), zoe()).get(SEARCHES).content.decode()
    assert ("Ours" in page, "Mine" in page, "Theirs" in page) == (True, False, False)


def test_who_leaves_the_agency_has_no_searches_of_it() -> None:
    user = claire()
    kept(user, is_shared=True)
    Membership.objects.filter(user=user).delete()
    assert list(SavedSearch.objects.visible_to(User.objects.get(pk=user.pk))) == []


def test_a_name_is_used_once_and_what_was_typed_stays() -> None:
    kept(claire())
    client = sign_in(Client(), claire())
    answer = client.post(SEARCHES, {"name": "Late ones", "query": "state=draft"})
    assert answer.status_code == 422
    assert b"state=draft" in answer.content
    assert SavedSearch.objects.count() == 1
    with pytest.raises(Refused):
        kept(claire())
    kept(zoe())


def test_searches_are_bounded() -> None:
    for number in range(MOST):
        kept(claire(), f"S{number}")
    with pytest.raises(Refused):
        kept(claire(), "One more")


def test_only_an_officer_of_the_call_keeps_a_search() -> None:
    with pytest.raises(Refused):
        kept(cast.marie())


def test_only_the_owner_changes_and_deletes_a_search() -> None:
    search = kept(claire(), is_shared=True)
    for user, status in ((zoe(), 404), (cast.jsps_officer(), 404), (claire(), 200)):
        for name in ("desk_search", "delete_search"):
            assert sign_in(Client(), user).get(reverse(name, args=[search.pk])).status_code == status
    client = sign_in(Client(), claire())
    client.post(reverse("desk_search", args=[search.pk]), {"name": "Renamed", "is_shared": "on"})
    assert SavedSearch.objects.get().name == "Renamed"
    assert client.post(reverse("desk_search", args=[search.pk]), {"name": ""}).status_code == 422
    client.post(reverse("delete_search", args=[search.pk]))
    assert not SavedSearch.objects.exists()


def test_the_list_starts_with_the_search_one_chose() -> None:
    search = kept(claire(), is_default=True)
    client = sign_in(Client(), claire())
    assert client.get(LIST).headers["Location"] == f"{LIST}?state=lapsed"
    assert client.get(LIST + "?all=1").status_code == 200
    assert sign_in(Client(), zoe()).get(LIST).status_code == 200
    client.post(reverse("start_search", args=[search.pk]), {"start": "no"})
    assert client.get(LIST).status_code == 200


def test_colleagues_start_with_a_shared_search_until_it_is_shared_no_longer() -> None:
    search = kept(claire(), is_shared=True)
    colleague = sign_in(Client(), zoe())
    colleague.post(reverse("start_search", args=[search.pk]), {"start": "yes"})
    assert colleague.get(LIST).status_code == 302
    assert (
        "1 colleague starts with it"
        in sign_in(Client(), _english(claire())).get(reverse("delete_search", args=[search.pk])).content.decode()
    )
    sign_in(Client(), claire()).post(reverse("desk_search", args=[search.pk]), {"name": "Late ones"})
    assert not DefaultSearch.objects.exists()
    assert sign_in(Client(), zoe()).post(reverse("start_search", args=[search.pk])).status_code == 404
    with pytest.raises(Refused):
        start_with(search, by=zoe())


def _english(user: User) -> User:
    User.objects.filter(pk=user.pk).update(language="en")
    return User.objects.get(pk=user.pk)


def test_a_stored_search_that_the_list_no_longer_knows_is_applied_as_far_as_it_goes() -> None:
    proposal(cast.call_2026(), cast.inserm(), title_en="One")
    search = kept(_english(claire()), query="state=draft&area=abolished")
    answer = sign_in(Client(), claire()).get(f"{LIST}?{search.query}")
    assert "This address asks for something that the list does not know." in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3, 30])
def test_searches_cost_the_same_queries_however_many(number: int) -> None:
    for place in range(number):
        kept(claire(), f"S{place}", is_shared=True)
    client = sign_in(Client(), zoe())
    costs = []
    for address in (LIST, SEARCHES):
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs == [8, 6]
