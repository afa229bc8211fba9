"""What evaluation shows of pairs without opening them: number, title, what they are about."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from reviews.models import Assignment, Conflict
from reviews.rules.fit import Topics, topics_of
from seminars.models import ListedApplication, Proposal, Recusal, Seminar

Pairing = tuple[int, int]
"""Ids of a reviewer, or of a user, and of a pair."""


@dataclass(frozen=True)
class Pair:
    """A pair by its number and title, with what it is about."""

    seminar: Seminar
    title: str
    areas: Collection[int] = ()
    keywords: Collection[str] = ()

    @cached_property
    def topics(self) -> Topics:
        """What it is about, ready to be compared."""
        return topics_of(self.areas, self.keywords)

    @property
    def pk(self) -> int:
        """The id of the pair."""
        return self.seminar.pk


def titles_of(seminars: Collection[int]) -> dict[int, str]:
    """Return the titles of pairs by id: the English one where a half has it. Two queries."""
    titles: dict[int, str] = {}
    named = ("title_en", "title_fr", "title_ja")
    records = Proposal.objects.filter(seminar__in=seminars).order_by("side__agency__accent")
    for pk, *said in records.values_list("seminar", *named):
        titles[pk] = titles.get(pk) or next(filter(None, said), "")
    listed = ListedApplication.objects.filter(seminar__in=seminars)
    for pk, *said in listed.values_list("seminar", "title_en", "title_original", "title_ja"):
        titles[pk] = titles.get(pk) or next(filter(None, said), "")
    return titles


def numbers_of(seminar: Seminar) -> dict[int, int]:
    """Return the number that stands for each reviewer of a pair, by the id of the assignment, each agency from 1 on.

    All assignments count, whatever has become of them, so that “Reviewer 2” is the same one for everybody, always.
    """
    numbers: dict[int, int] = {}
    counts: Counter[int] = Counter()
    assigned = Assignment.objects.filter(seminar=seminar).order_by("pk")
    for pk, side in assigned.values_list("pk", "reviewer__side"):
        counts[side] += 1
        numbers[pk] = counts[side]
    return numbers


def pairs_of(seminars: Iterable[Seminar]) -> list[Pair]:
    """Return pairs with what they are about, taken from both halves, in the order of ``seminars``."""
    known = list(seminars)
    ids = [seminar.pk for seminar in known]
    titles = titles_of(ids)
    keywords: dict[int, list[str]] = {}
    for pk, said in Proposal.objects.filter(seminar__in=ids).values_list("seminar", "keywords"):
        keywords.setdefault(pk, []).extend(said)
    areas: dict[int, set[int]] = {}
    through = Proposal.areas.through.objects.filter(proposal__seminar__in=ids)
    for pk, area in through.values_list("proposal__seminar", "priorityarea"):
        areas.setdefault(pk, set()).add(area)
    return [
        Pair(seminar, titles.get(seminar.pk, ""), areas.get(seminar.pk, ()), keywords.get(seminar.pk, ()))
        for seminar in known
    ]


def shut_out(users: Iterable[int], seminars: Iterable[int]) -> set[Pairing]:
    """Return (user id, seminar id) for everybody who may not judge a pair: in conflict with it, or coordinating it."""
    people, pairs = list(users), list(seminars)
    recused = Recusal.objects.filter(user__in=people, seminar__in=pairs).values_list("user", "seminar")
    standing = Conflict.objects.standing().filter(user__in=people, seminar__in=pairs).values_list("user", "seminar")
    mine = Proposal.objects.filter(coordinator__in=people, seminar__in=pairs).values_list("coordinator", "seminar")
    return set(recused) | set(standing) | set(mine)
