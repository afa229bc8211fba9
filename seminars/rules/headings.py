"""Which field a column of another agency's list holds, guessed from its heading in English, French or Japanese."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache

from rapidfuzz import fuzz

NEAR = 88
"""How alike (of 100) a misspelt heading must be."""
WEAK = frozenset({"no", "n", "number", "numero", "番号", "type", "from", "to", "du", "au", "国", "reference"})
"""Headings that say so little that any other one for the same field comes before them."""
SHORTEST = 5
"""Shorter headings are taken literally."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "application_number": (
        *("application number", "application no", "application id", "number", "no", "file number", "jsps number"),
        *("reference", "numero de dossier", "numero", "n", "no de dossier", "reference du dossier"),
        *("受付番号", "申請番号", "番号", "整理番号", "申請書番号", "課題番号", "jsps受付番号"),
    ),
    "title_en": (
        *("title in english", "english title", "seminar title english", "seminar title in english", "title en"),
        *("titre en anglais", "titre anglais", "titre du seminaire en anglais"),
        *(
            "セミナー名英文",
            "課題名英文",
            "研究課題名英文",
            "英文セミナー名",
            "英文課題名",
            "英文タイトル",
            "英語タイトル",
        ),
    ),
    "title_ja": (
        *(
            "title in japanese",
            "japanese title",
            "seminar title japanese",
            "title ja",
            "titre en japonais",
            "titre du seminaire en japonais",
        ),
        *(
            "セミナー名和文",
            "課題名和文",
            "研究課題名和文",
            "和文セミナー名",
            "和文課題名",
            "和文タイトル",
            "セミナー名",
            "課題名",
        ),
        *("研究課題名", "題目", "申請課題名"),
    ),
    "title_original": (
        *("title", "seminar title", "seminar", "topic", "title in french", "project title", "proposal title"),
        *("titre", "titre du seminaire", "titre du projet", "intitule", "intitule du seminaire", "titre en francais"),
        *("タイトル", "仏文タイトル"),
    ),
    "name": (
        *("name", "coordinator", "coordinator name", "applicant", "applicant name", "principal investigator", "pi"),
        *("name in latin letters", "name in roman letters", "romaji", "name romaji", "full name", "pi name"),
        *("name of applicant", "name of coordinator", "japanese coordinator", "french coordinator"),
        *("nom et prenom", "nom prenom", "coordinateur", "coordinatrice", "porteur", "porteur du projet", "candidat"),
        *("氏名ローマ字", "ローマ字氏名", "ローマ字", "英文氏名", "氏名英文", "氏名英語", "代表者氏名ローマ字"),
        *("申請者氏名ローマ字", "代表者の氏名ローマ字", "coordinator s name in latin letters"),
        *("nom en caracteres latins du coordinateur ou de la coordinatrice",),
    ),
    "family_name": (
        *(
            "family name",
            "last name",
            "surname",
            "nom",
            "nom de famille",
            "姓ローマ字",
            "ローマ字姓",
            "姓英文",
            "姓英語",
        ),
        *("coordinator family name", "applicant family name"),
    ),
    "given_name": (
        *("given name", "first name", "forename", "prenom", "名ローマ字", "ローマ字名", "名英文", "名英語"),
        *("coordinator given name", "applicant given name"),
    ),
    "name_kanji": (
        *("name in kanji", "kanji", "kanji name", "name kanji", "japanese name", "nom en kanji"),
        *("氏名", "氏名漢字", "漢字氏名", "代表者", "代表者氏名", "申請者", "申請者氏名", "申請者名", "研究代表者"),
        *("代表者の氏名漢字", "coordinator s name in kanji", "nom en kanji du coordinateur ou de la coordinatrice"),
        *("研究代表者氏名", "日本側代表者", "日本側代表者氏名", "日本側代表者名", "セミナー代表者", "代表者名"),
    ),
    "family_name_kanji": ("family name in kanji", "family name kanji", "nom de famille en kanji", "姓", "姓漢字"),
    "given_name_kanji": ("given name in kanji", "given name kanji", "prenom en kanji", "名", "名漢字"),
    "name_kana": (
        *("name in katakana", "katakana", "kana", "kana name", "name kana", "furigana", "nom en katakana"),
        *("coordinator s name in katakana", "nom en katakana du coordinateur ou de la coordinatrice"),
        *(
            "代表者の氏名フリガナ",
            "フリガナ",
            "ふりがな",
            "カナ",
            "氏名カナ",
            "氏名フリガナ",
            "カナ氏名",
            "代表者フリガナ",
        ),
    ),
    "family_name_kana": ("family name in katakana", "family name kana", "姓フリガナ", "姓カナ", "セイ"),
    "given_name_kana": ("given name in katakana", "given name kana", "名フリガナ", "名カナ", "メイ"),
    "email": (
        *("email", "e mail", "mail", "email address", "e mail address", "coordinator email", "applicant email"),
        *("courriel", "adresse electronique", "adresse mail", "mel", "adresse e mail"),
        *("メールアドレス", "電子メール", "eメール", "メール", "eメールアドレス", "代表者メールアドレス"),
    ),
    "orcid": ("orcid", "orcid id", "orcid number", "identifiant orcid", "orcid番号"),
    "institution": (
        *("institution", "affiliation", "host institution", "university", "organisation", "organization"),
        *("etablissement", "etablissement de rattachement", "organisme", "universite"),
        *("所属機関", "所属機関名", "所属", "機関名", "所属研究機関", "大学名", "研究機関名"),
    ),
    "department": (
        *("department", "laboratory", "lab", "unit", "research unit", "faculty", "department or laboratory"),
        *("departement", "service", "laboratoire", "unite", "unite de recherche", "departement ou laboratoire"),
        *("部局", "部局名", "部局または研究室", "部局又は研究室", "所属部局", "研究室", "学部", "研究科"),
    ),
    "partner_name": (
        *("partner", "partner name", "partner coordinator", "counterpart", "counterpart name"),
        *("counterpart principal investigator", "counterpart pi", "foreign coordinator", "foreign pi"),
        *("partenaire", "nom du partenaire", "coordinateur partenaire", "responsable scientifique partenaire"),
        *(
            "相手国側代表者",
            "相手国側代表者氏名",
            "相手国代表者",
            "相手国研究代表者",
            "相手側代表者",
            "相手側代表者氏名",
        ),
        *(
            "相手国側研究代表者",
            "相手国側研究代表者氏名",
            "フランス側代表者",
            "フランス側代表者氏名",
            "相手国代表者氏名",
        ),
    ),
    "partner_family_name": (
        *("partner family name", "partner last name", "counterpart family name", "nom de famille du partenaire"),
        *("相手国側代表者姓", "partner s family name"),
    ),
    "partner_given_name": (
        *("partner given name", "partner first name", "counterpart given name", "prenom du partenaire"),
        *("相手国側代表者名", "partner s given name"),
    ),
    "partner_email": (
        *("partner email", "partner e mail", "counterpart email", "partner email address", "partner s e mail address"),
        *("courriel du partenaire", "adresse electronique du partenaire"),
        *(
            "相手国側代表者メールアドレス",
            "相手国側メールアドレス",
            "相手側メールアドレス",
            "相手国代表者メールアドレス",
        ),
    ),
    "partner_institution": (
        *("partner institution", "partner affiliation", "counterpart institution", "foreign institution"),
        *("partner s institution", "etablissement partenaire", "etablissement du partenaire"),
        *("etablissement du ou de la partenaire",),
        *("相手国側所属機関", "相手国側代表者所属機関", "相手国側機関", "相手国機関", "相手側所属機関", "相手国側所属"),
    ),
    "dates": (
        *("dates", "seminar dates", "period", "duration", "dates du seminaire", "periode"),
        *("開催期間", "期間", "開催日", "開催日程", "実施期間", "セミナー開催期間"),
    ),
    "start_on": (
        *("start date", "start", "from", "begins", "first day", "date de debut", "debut", "premier jour", "du"),
        *("開始日", "開催開始日", "開始", "開始年月日", "セミナー開始日"),
    ),
    "end_on": (
        *("end date", "end", "to", "until", "ends", "last day", "date de fin", "fin", "dernier jour", "au"),
        *("終了日", "開催終了日", "終了", "終了年月日", "セミナー終了日"),
    ),
    "venue_city": (
        *("city", "venue city", "venue", "place", "ville", "lieu"),
        *("開催都市", "都市", "開催地", "開催場所", "会場"),
    ),
    "venue_country": ("host country", "country", "venue country", "pays", "pays d accueil", "開催国", "国", "国名"),
    "track": (
        *("track", "jsps track", "category", "type", "programme", "volet", "volet jsps", "categorie"),
        *("枠", "区分", "申請区分", "種別", "事業区分", "申請枠", "事業名"),
    ),
    "status": (
        *("status", "state", "status as received", "statut", "etat", "statut tel que recu"),
        *("状況", "状態", "ステータス", "申請状況", "受付状況", "受領時の状況"),
    ),
    "approved_on": (
        *("approved on", "approval date", "date of approval", "date de validation", "valide le"),
        *("承認日", "機関承認日", "所属機関承認日", "承認年月日", "approved by the institution"),
        *("valide par l etablissement", "所属機関の承認"),
    ),
}
FIELDS = tuple(WORDS)
"""What a column may hold, in the order in which people are asked."""


@cache
def folded(heading: str) -> str:
    """Return a heading without accents, capitals, widths, brackets and marks: ``Ｎ° (Titre)`` is ``n titre``."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", heading).replace("№", "no").casefold())
    letters = "".join(mark for mark in bare if not "\u0300" <= mark <= "\u036f")
    words = " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", letters)))
    # Japanese is written without spaces: what brackets and line ends leave behind is taken out.
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", words)


@cache
def _known() -> Mapping[str, str]:
    return {folded(word): field for field, words in WORDS.items() for word in words}


def _likeness(heading: str) -> tuple[float, str]:
    """Return how well the best field fits a folded heading (of 100), and the field; (0, "") where none is near."""
    if field := _known().get(heading):
        return (NEAR if heading in WEAK else 101), field
    if len(heading) < SHORTEST:
        return 0, ""
    best = max((fuzz.ratio(heading, word), field) for word, field in _known().items() if len(word) >= SHORTEST)
    return best if best[0] >= NEAR else (0, "")


def guess(headings: Sequence[str]) -> dict[str, str]:
    """Return a field by heading, each field for one column at most: exact words first, then near spellings."""
    found = sorted(
        ((*_likeness(folded(heading)), place) for place, heading in enumerate(headings)),
        key=lambda likely: (-likely[0], likely[2]),
    )
    chosen: dict[str, str] = {}
    for likeness, field, place in found:
        if likeness and field not in chosen.values():
            chosen[headings[place]] = field
    return {heading: chosen[heading] for heading in headings if heading in chosen}


def recognised(cells: Sequence[str]) -> int:
    """Return how many cells of a row are headings we know."""
    return len(guess([cell for cell in cells if cell.strip()]))
