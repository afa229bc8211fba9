"""Finding records by a few words, whatever the accents, capitals, width of letters or kana they are typed in."""

import re
import unicodedata
from collections import defaultdict

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Concat

from accounts.rules.person import tidy_kana
from seminars.choices import CONFIRMED
from seminars.models import Laboratory, ListedApplication, Participant, Submission
from seminars.models.proposal_queries import ProposalQuerySet

MOST_WORDS = 6
LONGEST = 100
LATIN = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
PLAIN = {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
SEMINAR_NUMBER = re.compile(r"(\d{4})-(\d{1,9})")
RECORD_NUMBER = re.compile(r"#?([0-9]{1,9})")


def _plain_letters() -> dict[str, str]:
    """Return each accented Latin letter with its plain small one; "œ" and its like with two."""
    plain = {}
    for code in LATIN:
        letter = chr(code)
        base = unicodedata.normalize("NFKD", letter)[0].lower()
        plain[letter] = PLAIN.get(letter.lower(), base)
    return plain


PLAIN_LETTERS = _plain_letters()


def _spellings() -> dict[str, str]:
    """Return every plain letter, or pair of letters, with all that may be written for it."""
    spellings: dict[str, set[str]] = defaultdict(set)
    for letter, plain in PLAIN_LETTERS.items():
        spellings[plain].add(letter)
    return {plain: "".join(sorted(letters)) for plain, letters in spellings.items()}


SPELLINGS = _spellings()
PAIRS = "|".join(plain for plain in SPELLINGS if len(plain) == 2)


def pattern(word: str) -> str:
    """Return a regular expression, the same in PostgreSQL and Python, for ``word`` in all its spellings.

    "lefevre" finds "Lefèvre", "soeur" finds "sœur", "ＴＡＮＡＫＡ" finds "Tanaka". It holds no repetition, so it
    cannot be made slow.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", word))
    folded = "".join(PLAIN_LETTERS.get(letter, letter) for letter in folded).lower()
    return "".join(_piece(piece) for piece in re.findall(f"{PAIRS}|.", folded))


def _piece(piece: str) -> str:
    if len(piece) == 2:
        return f"({_piece(piece[0])}{_piece(piece[1])}|[{SPELLINGS[piece]}])"
    both = "".join(dict.fromkeys([piece, *(upper for upper in [piece.upper()] if len(upper) == 1)]))
    letters = both + SPELLINGS.get(piece, "")
    return f"[{letters}]" if len(letters) > 1 else re.escape(piece)


def _person(prefix: str, found: str, kana: str) -> Q:
    names = ("family_name", "given_name", "kanji", "email")
    return Q(*(Q(**{f"{prefix}{name}__regex": found}) for name in names), _connector=Q.OR) | Q(
        **{f"{prefix}kana__regex": kana}
    )


def _number(word: str) -> Q:
    found = Q()
    if match := RECORD_NUMBER.fullmatch(word):
        found |= Q(pk=int(match[1]))
    if match := SEMINAR_NUMBER.fullmatch(word):
        found |= Q(seminar=int(match[2]), seminar__state__in=CONFIRMED, seminar__call__year=int(match[1]))
    return found


def _named(people: QuerySet[Participant]) -> QuerySet[Participant]:
    return people.alias(
        kanji=Concat("family_name_kanji", "given_name_kanji"), kana=Concat("family_name_kana", "given_name_kana")
    )


def matching(records: ProposalQuerySet, text: str) -> ProposalQuerySet:
    """Return those of ``records`` that hold every word of ``text``, each anywhere.

    Looked at are the titles, the names of coordinators and participants in Latin letters, kanji and katakana,
    their e-mail addresses, laboratories and institutions, and the numbers of the record, its receipt, its pair and
    the agency's own. Only the first six words count.
    """
    records = records.alias(
        coordinator_kanji=Concat("coordinator__family_name_kanji", "coordinator__given_name_kanji"),
        coordinator_kana=Concat("coordinator__family_name_kana", "coordinator__given_name_kana"),
    )
    for word in text[:LONGEST].split()[:MOST_WORDS]:
        records = records.filter(_holds(word))
    return records


def listed(rows: QuerySet[ListedApplication], text: str) -> QuerySet[ListedApplication]:
    """Return those rows of lists that hold every word of ``text``, each anywhere in what they say."""
    rows = rows.alias(
        kanji=Concat("family_name_kanji", "given_name_kanji"), kana=Concat("family_name_kana", "given_name_kana")
    )
    columns = ("title_en", "title_ja", "title_original", "family_name", "given_name", "email", "institution", "kanji")
    others = ("application_number", "department", "partner_family_name", "partner_given_name", "partner_email")
    for word in text[:LONGEST].split()[:MOST_WORDS]:
        found = pattern(word)
        held = Q(*(Q(**{f"{column}__regex": found}) for column in (*columns, *others)), _connector=Q.OR)
        rows = rows.filter(held | Q(kana__regex=pattern(tidy_kana(word))))
    return rows


def _holds(word: str) -> Q:
    found, kana = pattern(word), pattern(tidy_kana(word))
    own = ("title_en", "title_fr", "title_ja", "application_number", "coordinator_kanji")
    coordinator = ("family_name", "given_name", "email", "institution")
    columns = [*own, *(f"coordinator__{name}" for name in coordinator)]
    of_record = {"proposal": OuterRef("pk")}
    named = _named(Participant.objects.filter(**of_record)).filter(_person("", found, kana))
    working = Laboratory.objects.filter(
        Q(name__regex=found) | Q(institution__regex=found) | Q(unit__regex=found), **of_record
    )
    return (
        Q(*(Q(**{f"{column}__regex": found}) for column in columns), _connector=Q.OR)
        | Q(coordinator_kana__regex=kana)
        | Exists(named)
        | Exists(working)
        | Exists(Submission.objects.filter(number__regex=found, **of_record))
        | _number(word)
    )
