"""What spellings of one person's name have in common: Latin letters, kanji and kana, in any order (R3, R20).

A name is looked at three ways. As *letters*: accents, capitals, hyphens, points, particles and the order of the parts
do not count. As *sounds*: systems of romanisation and long vowels do not count either, so that Ōno, Ohno and Ono, or
Shinji and Sinzi, are one; names in kana are read aloud in the same way. As *kanji*: old and new forms of a character,
and the order of the parts, do not count.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from accounts.rules.person import tidy_kana

PARTICLES = frozenset(
    (
        "d",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "do",
        "dos",
        "du",
        "el",
        "l",
        "la",
        "le",
        "les",
        "los",
        "van",
        "von",
        "y",
    )
)
LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"})

OLD_AND_NEW = (
    "高髙 崎﨑嵜 斎齋齊斉 辺邊邉 沢澤 浜濱濵 広廣 国國 島嶋嶌 桜櫻 真眞 恵惠 竜龍 徳德 "
    "瀬瀨 円圓 栄榮 蔵藏 浅淺 関關 鉄鐵 黒黑 曽曾 富冨 館舘 吉𠮷 柳栁 条條 学學 芸藝 "
    "万萬 与與 実實 寿壽 亀龜 滝瀧 沖冲 遥遙 檜桧 礼禮 渋澁 静靜 楽樂 桑桒 船舩 峰峯 "
    "穂穗 巌巖 尚尙 縁緣 聡聰 裕𥙿"
)
FORMS = str.maketrans({old: group[0] for group in OLD_AND_NEW.split() for old in group[1:]})
SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
ITERATION = re.compile("(.)々")

SOUNDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"tch", "tty"),
        (r"cch", "tty"),
        (r"ssh", "ssy"),
        (r"sh", "sy"),
        (r"ch", "ty"),
        (r"ts", "t"),
        (r"dz", "z"),
        (r"j", "zy"),
        (r"f", "h"),
        (r"yi", "i"),
        (r"yy+", "y"),
        (r"([ou])h(?![aeiouy])", r"\1"),
        (r"o[uo]+", "o"),
        (r"u{2,}", "u"),
        (r"m(?=[bpm])", "n"),
        (r"l", "r"),
    )
)

ROWS = (
    ("", "アイウエオ"),
    ("k", "カキクケコ"),
    ("g", "ガギグゲゴ"),
    ("s", "サシスセソ"),
    ("z", "ザジズゼゾ"),
    ("t", "タチツテト"),
    ("d", "ダヂヅデド"),
    ("n", "ナニヌネノ"),
    ("h", "ハヒフヘホ"),
    ("b", "バビブベボ"),
    ("p", "パピプペポ"),
    ("m", "マミムメモ"),
    ("r", "ラリルレロ"),
)
KANA = {mark: f"{row}{vowel}" for row, marks in ROWS for mark, vowel in zip(marks, "aiueo", strict=True)} | {
    "ヤ": "ya",
    "ユ": "yu",
    "ヨ": "yo",
    "ワ": "wa",
    "ヰ": "i",
    "ヱ": "e",
    "ヲ": "o",
    "ン": "n",
    "ヴ": "bu",
    "ヂ": "zi",
    "ヅ": "zu",
}
SMALL = dict(zip("ャュョ", ("ya", "yu", "yo"), strict=True))
SMALL_VOWELS = dict(zip("ァィゥェォ", "aiueo", strict=True))


@lru_cache(maxsize=20_000)
def letters(text: str) -> str:
    """Return ``text`` in plain small Latin letters, its parts parted by one space; other scripts are left out."""
    bare = "".join(mark for mark in unicodedata.normalize("NFKD", text) if not unicodedata.combining(mark))
    small = bare.casefold().translate(LETTERS)
    joined = re.sub(r"(?<=[a-z])[-\u2010-\u2015'’ʼ](?=[a-z])", "", re.sub(r"\b([dl])['’ʼ]", r"\1 ", small))
    return " ".join(re.findall(r"[a-z]+", joined))


def parts(*texts: str) -> tuple[str, ...]:
    """Return the parts of a name in plain letters, in alphabetical order, without particles unless it has no others."""
    every = [part for text in texts for part in letters(text).split()]
    weighty = [part for part in every if part not in PARTICLES]
    return tuple(sorted(weighty or every))


@lru_cache(maxsize=20_000)
def sound(part: str) -> str:
    """Return one part of a name, in plain letters, as its sound: Hepburn, Kunrei and long vowels written alike."""
    for pattern, plain in SOUNDS:
        part = pattern.sub(plain, part)
    return part


@lru_cache(maxsize=20_000)
def read_aloud(kana: str) -> str:
    """Return a name in kana, of any width and kind, as the sounds of its parts, parted by one space."""
    spoken = ""
    doubled = False
    for mark in tidy_kana(kana):
        if mark in SMALL:
            spoken = (spoken[:-1] if spoken[-1:] == "i" else spoken) + SMALL[mark]
            continue
        if mark in SMALL_VOWELS:
            spoken = spoken[:-1] + SMALL_VOWELS[mark]
            continue
        syllable = KANA.get(mark, " " if mark in " ・" else "")
        spoken += syllable[:1] + syllable if doubled else syllable
        doubled = mark == "ッ"
    return " ".join(sound(part) for part in spoken.split())


@lru_cache(maxsize=20_000)
def kanji(text: str) -> str:
    """Return a name in kanji without spaces, each character in its usual form: ``髙﨑`` is ``高崎``."""
    plain = SELECTORS.sub("", unicodedata.normalize("NFKC", text.translate(FORMS)).translate(FORMS))
    return re.sub(r"[\s・]+", "", ITERATION.sub(r"\1\1", plain))


@dataclass(frozen=True, slots=True)
class NameKeys:
    """One name, made ready to be compared; "" or nothing for what is not known.

    ``whole`` is the name in plain letters in one fixed order, ``spellings`` all ways of cutting it into parts that
    count as equal; ``spoken`` and ``kana`` are its sounds, from Latin letters and from kana; ``family`` is the sound of
    the family name, where that stands apart; ``initial`` is set where the given name is initials only; ``kanji`` holds
    both orders.
    """

    whole: str
    spellings: frozenset[str]
    spoken: frozenset[str]
    family: str
    given: str
    initial: str
    kana: str
    kanji: frozenset[str]


def _orders(first: str, second: str) -> frozenset[str]:
    return frozenset({f"{first}{second}", f"{second}{first}"} - {""})


def _cut(names: Iterable[str]) -> str:
    return " ".join(sorted(filter(None, names)))


@lru_cache(maxsize=20_000)
def name_keys(family: str, given: str, family_kanji: str, given_kanji: str, kana: str) -> NameKeys:
    """Return one name made ready; a whole name may stand in ``family`` alone, in any order."""
    split = parts(family, given)
    whole = " ".join(split)
    joined = _cut("".join(parts(name)) for name in (family, given)) if family and given else ""
    spellings = frozenset({whole, joined} - {""})
    spoken = frozenset(_cut(sound(part) for part in spelling.split()) for spelling in spellings)
    first = letters(given).split()
    return NameKeys(
        whole=whole,
        spellings=spellings,
        spoken=spoken,
        family=sound("".join(parts(family))) if first else "",
        given="".join(first),
        initial=first[0] if first and all(len(part) == 1 for part in first) else "",
        kana=_cut(read_aloud(kana).split()),
        kanji=_orders(*_split_kanji(family_kanji, given_kanji)),
    )


def _split_kanji(family: str, given: str) -> tuple[str, str]:
    """Return both parts of a name in kanji, cut at the space where they stand together."""
    if not given and len(cut := re.split(r"[\s・]+", family.strip(), maxsplit=1)) == 2:
        family, given = cut
    return kanji(family), kanji(given)
