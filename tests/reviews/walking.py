"""Walking the whole application as one person: every address of the resolver, and the sorts, filters and exports.

What differs at each request by design (nonces, CSRF tokens, the UUID of a form, Message-IDs) is masked.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from itertools import islice
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from accounts.models import User
from accounts.policies import BEARER, ENROLMENT, SECURITY, Policy, policy_of
from config.tracing import HEADER
from seminars.models import Proposal
from tests.reviews.replaying import Asked, noting

MASKED = re.compile(
    rb'nonce[-=]"?[\w+/=-]+|csrfmiddlewaretoken" value="\w+|"X-CSRFToken": ?"\w+|csrftoken=\w+|sessionid=\w+'
    rb"|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|<[\w.]+@[\w.]+>|={15}\d+=="
)
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
NOTHING, NO_METHOD, WRONG, BROKEN = 404, 405, 400, 500
KEPT = "_changelist_filters="
"""How the administration hands the filters of a list on to a page, for the way back: no page of its own."""
OF_A_KIND = 2
"""How many of each of the sorts and filters of a route of evaluation one person tries; of any other address one."""
OF_RECORDS = ("proposals/", "seminars/", "reports/", "outcomes/")
"""Addresses of evaluation whose number is a record's or a pair's, which both agencies know."""


@dataclass(frozen=True)
class Answer:
    """What came back, and what was asked of the database for it, masked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    asked: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Step:
    """One request."""

    method: str
    path: str


@dataclass
class Map:
    """What all who walk tell each other: numbers to which links led, by what stands before them; where no POST goes."""

    numbers: dict[str, int] = field(default_factory=dict)
    only_read: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Walker:
    """Somebody with a client.

    Of the first walk there are ``answers``, ``traces`` of what was asked of the database, and ``asked``: addresses with
    what came back.
    """

    name: str
    client: Client
    user: User | AnonymousUser
    map: Map
    values: Mapping[str, str] = field(default_factory=dict)
    answers: dict[Step, Answer] = field(default_factory=dict)
    traces: dict[Step, list[Asked]] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    tried: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.cookies = self.client.cookies.output(header="", sep=";")

    def take(self, step: Step) -> Answer:
        """Make one request, of which nothing stays, neither in the database nor in the client."""
        return self._traced(step)[0]

    def _traced(self, step: Step) -> tuple[Answer, list[Asked]]:
        trace: list[Asked] = []
        self.client.cookies.clear()
        self.client.cookies.load(self.cookies)
        with transaction.atomic(), noting(trace):
            got = self.client.generic(step.method, step.path)
            body = got.getvalue()
            transaction.set_rollback(True)
        asked = tuple(
            masked(f"{one.sql} {one.values if step.method == 'GET' else ''}".encode()).decode() for one in trace
        )
        return Answer(got.status_code, headers_of(got), masked(unpacked(body)), asked), trace

    def walk(self, values: Mapping[str, str], record: Proposal, foreign: Iterable[int]) -> None:
        """Walk everything that the person may reach, and remember the answers.

        Links are followed; an address with a number to which none leads is tried with the number to which one led
        somebody else, if it is of the evaluation, or with that of ``record`` or its pair, and then with those of the
        other agency's rows, ``foreign``; any other with the number to which a link led oneself.
        """
        named = {**values, **self.values}
        allowed = [route for route in routes() if self.is_allowed(filled(route, named, 1))]
        ahead = [filled(route, named) for route in allowed if not numbers(route, named)]
        while ahead:
            seen = len(self.answers)
            for path in ahead:
                self.look(path)
            new = islice(self.answers.items(), seen, None)
            links = dict.fromkeys(link for step, got in new for link in links_of(step.path, got))
            ahead = [path for path in links if self.is_new(path)]
        for route in allowed:
            if numbers(route, named) and not route.startswith("admin/"):
                place = before_number(route)
                sealed = is_of_evaluation(filled(route, named, 1))
                known = self.numbers.get(place)
                if sealed and route.startswith(OF_RECORDS):
                    sealed, known = False, known or (record.pk if place == "proposals/" else record.seminar_id)
                elif sealed:
                    known = self.map.numbers.get(place, record.pk)
                if known and not self.tried[route]:
                    self.look(filled(route, named, known))
                for pk in foreign if sealed else ():
                    self.look(filled(route, named, pk))
        for path, status in list(self.asked.items()):
            route = route_of(path)
            if status != NOTHING and is_of_evaluation(path) and route not in self.map.only_read:
                self.map.only_read |= {route} if self.look(path, method="POST") == NO_METHOD else set()

    def look(self, path: str, *, method: str = "GET") -> int:
        """Take a step, and remember the answer: in evaluation also that there is nothing; return its status."""
        step = Step(method, path)
        if step in self.answers:
            return self.answers[step].status
        got, trace = self._traced(step)
        assert got.status != BROKEN, f"{self.name}: {method} {path}"
        if "?" not in path and method == "GET":
            self.asked[path] = got.status
        if got.status != NO_METHOD and (got.status != NOTHING or is_of_evaluation(path)):
            self.answers[step], self.traces[step] = got, trace
        if got.status < WRONG:
            found = resolve(urlsplit(path).path)
            self.tried[found.route] += 1
            for number in found.captured_kwargs.values():
                if isinstance(number, int):
                    for known in (self.numbers, self.map.numbers):
                        known.setdefault(before_number(found.route), number)
                    break
        return got.status

    def is_allowed(self, path: str) -> bool:
        """Say whether the policy of an address lets this person through; whom it stops never reaches a view.

        One's own ways of signing in are left out: they know of no evaluation, and draw a secret each time.
        """
        rule, module = rule_of(urlsplit(path).path)
        if rule in (SECURITY, ENROLMENT) or module.startswith("allauth.") or not module:
            return False
        if rule is BEARER:
            return "HTTP_AUTHORIZATION" in self.client.defaults
        if rule is None or rule.allows is None:
            return True
        return isinstance(self.user, User) and rule.allows(self.user)

    def is_new(self, path: str) -> bool:
        """Say whether a link leads to something new: one of a kind, or a few, are enough."""
        if Step("GET", path) in self.answers or not self.is_allowed(path) or KEPT in path:
            return False
        query = path.partition("?")[2]
        kind = route_of(path)
        if query:
            kind = f"{kind}?{query.split('=')[0]}" if is_of_evaluation(path) else f"{kind}?"
        self.tried[f"link {kind}"] += 1
        return self.tried[f"link {kind}"] <= (OF_A_KIND if query and is_of_evaluation(path) else 1)


def headers_of(got: HttpResponse) -> tuple[tuple[str, str], ...]:
    """Return all headers, cookies included, masked; without the number that each request is given."""
    cookies = [("Set-Cookie", morsel.OutputString()) for morsel in got.cookies.values()]
    return tuple(
        (name, masked(value.encode()).decode()) for name, value in [*got.headers.items(), *cookies] if name != HEADER
    )


def unpacked(body: bytes) -> bytes:
    """Return the files within a workbook, without the clock of the machine that the archive takes them from."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"\n".join(name.encode() + archive.read(name) for name in archive.namelist())


def masked(text: bytes) -> bytes:
    """Return ``text`` without what differs at each request by design."""
    return MASKED.sub(b"#", text)


@cache
def route_of(path: str) -> str:
    """Return the route that answers an address; raises Http404."""
    return resolve(urlsplit(path).path).route


def before_number(route: str) -> str:
    """Return what stands before the first number of a route."""
    return route.partition("<int:")[0]


@cache
def rule_of(path: str) -> tuple[Policy | None, str]:
    """Return the policy of an address and the module of its view, which is empty where there is none."""
    try:
        found = resolve(path)
    except Http404:
        return None, ""
    return policy_of(found), found.func.__module__


@cache
def is_of_evaluation(path: str) -> bool:
    """Say whether a view of the app of evaluation answers an address."""
    return resolve(urlsplit(path).path).func.__module__.startswith("reviews.")


@cache
def routes() -> tuple[str, ...]:
    """Return the route of every address of the resolver, those of the administration and of the interface included."""
    return tuple(_routes(get_resolver().url_patterns, ""))


def _routes(entries: Iterable[Any], prefix: str) -> Iterator[str]:
    for entry in entries:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from _routes(entry.url_patterns, route)
        elif isinstance(entry, URLPattern) and "(?" not in route:
            yield route


def numbers(route: str, values: Mapping[str, str]) -> list[str]:
    """Return the parameters of a route that are numbers of records."""
    return [name for name in PARAMETER.findall(route) if name not in values]


def filled(route: str, values: Mapping[str, str], pk: int = 0) -> str:
    """Return an address of a route: ``pk`` for each number."""
    return "/" + PARAMETER.sub(lambda match: values.get(match[1], str(pk)), route)


class _Links(HTMLParser):
    """Collects links, and what the selects of forms that ask by GET offer."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.asks, self.name = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a link or of a choice."""
        values = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.found.append(values.get("href", ""))
        elif tag == "form":
            self.asks = values.get("method", "get").lower() == "get"
        elif tag == "select":
            self.name = values.get("name", "")
        elif tag == "option" and self.asks and self.name and values.get("value"):
            self.found.append("?" + urlencode({self.name: values["value"]}))


@cache
def _links_of(path: str, body: bytes) -> tuple[str, ...]:
    reader = _Links()
    reader.feed(body.decode())
    inside = (link for link in reader.found if link and "://" not in link and not link.startswith(("#", "mailto:")))
    return tuple(dict.fromkeys(urljoin(path, link).partition("#")[0] for link in inside))


def links_of(path: str, got: Answer) -> tuple[str, ...]:
    """Return where a page leads, its own sorts and filters included."""
    is_page = got.status == 200 and dict(got.headers).get("Content-Type", "").startswith("text/html")
    return _links_of(path, got.body) if is_page else ()
