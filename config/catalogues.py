"""The translation catalogues, kept in order without the gettext programs, which a bare machine does not have.

``python -m config.catalogues`` followed by

- ``update``: bring ``locale/*/LC_MESSAGES/django.po`` in line with the texts in the code (``make messages``);
- ``check``: say what is missing, outdated or wrong; ends with 1 when there is anything to say;
- ``compile``: write the ``.mo`` files that Django reads;
- ``todo fr``: print what French still lacks as JSON;
- ``fill fr FILE``: take translations from JSON: what ``todo`` printed with ``text`` filled in, or simply an object
  from each English text to its translation (a list of forms for a plural).
"""

import json
import re
import sys
from ast import literal_eval
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

LANGUAGES = ("fr", "ja")
SOURCES = ("accounts", "config", "reviews", "seminars", "templates")
TEMPLATES = {".html", ".txt"}
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
LITERAL = r"""u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(({LITERAL}(?:, {LITERAL})*)(?:, count)?\)", re.DOTALL)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|(?<!%)%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
# French sets its double signs apart by a space at which no line breaks: a full one before the colon and in guillemets,
# a narrow one before the rest.
FRENCH_SPACES = ((re.compile(r" (?=[;!?])"), "\u202f"), (re.compile(r" (?=[:»])|(?<=«) "), "\xa0"))
# Dates in the header would make every run a change.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)

Text = str | tuple[str, ...] | list[str]


def texts_of_template(source: str) -> Iterator[tuple[str | None, Text]]:
    """Yield (context, text) for each text to translate in a Django template, as Django itself reads it."""
    for call, arguments in CALL.findall(templatize(source)):
        parts = [literal_eval(part) for part in re.findall(LITERAL, arguments, re.DOTALL)]
        context = parts.pop(0) if "pgettext" in call else None
        yield context, tuple(parts) if call.startswith("n") else parts[0]


def texts_of_python(path: Path) -> Iterator[tuple[str | None, Text]]:
    """Yield (context, text) for each text to translate in a Python file."""
    for _line, text, _comments, context in extract_from_file("python", path, KEYWORDS):
        yield context, text


def extract(root: Path) -> Catalog:
    """Return a catalogue without translations of every text in the sources under ``root``."""
    catalog = Catalog(project="Joint Seminars", creation_date=NO_DATE)
    for folder in SOURCES:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix == ".py":
                found = texts_of_python(path)
            elif path.suffix in TEMPLATES:
                found = texts_of_template(path.read_text())
            else:
                continue
            for context, text in found:
                catalog.add(text, locations=[(path.relative_to(root).as_posix(), None)], context=context)  # type: ignore[list-item]
    return catalog


def catalogue_path(root: Path, language: str) -> Path:
    """Return where the catalogue of ``language`` lives."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read(root: Path, language: str) -> Catalog:
    """Return the catalogue of ``language``, empty when there is none yet."""
    path = catalogue_path(root, language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def spaced(text: str) -> str:
    """Return a French text with the spaces around its punctuation that keep it with its word."""
    for pattern, space in FRENCH_SPACES:
        text = pattern.sub(space, text)
    return text


def titled(text: str) -> str:
    """Return a Japanese text in which no line parts a name from its title."""
    return text.replace(" 様", "\xa0様")


HELD_TOGETHER = {"fr": spaced, "ja": titled}


def write(root: Path, language: str, catalog: Catalog) -> None:
    """Write the catalogue: sorted by text, without line numbers and dates, so that a change shows as itself."""
    if held := HELD_TOGETHER.get(language):
        for message in catalog:
            if message.id and message.string:
                string = message.string
                message.string = held(string) if isinstance(string, str) else tuple(map(held, string))
    catalog.project, catalog.version = "Joint Seminars", "1"
    catalog.header_comment = "# Translations of Joint Seminars"
    catalog.creation_date = catalog.revision_date = NO_DATE
    catalog.fuzzy = False
    path = catalogue_path(root, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=110, include_lineno=False, sort_output=True, ignore_obsolete=True)


def update(root: Path) -> None:
    """Add new texts, drop those no longer in the code, keep every translation."""
    current = extract(root)
    for language in LANGUAGES:
        catalog = read(root, language)
        catalog.update(current, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        write(root, language, catalog)


def compile_all(root: Path) -> None:
    """Write the ``.mo`` file beside each catalogue."""
    for language in LANGUAGES:
        with catalogue_path(root, language).with_suffix(".mo").open("wb") as file:
            write_mo(file, read(root, language))


def forms(text: Text) -> tuple[str, ...]:
    """Return the one text, or the forms of a plural, as a tuple."""
    return (text,) if isinstance(text, str) else tuple(text)


def wrong(message: Message, plurals: int) -> str | None:
    """Say in a few words what is wrong with one translation, or None."""
    english, translated = forms(message.id), forms(message.string or "")
    if not all(translated):
        return "not translated"
    if message.fuzzy:
        return "fuzzy"
    if len(translated) != (plurals if len(english) > 1 else 1):
        return f"{plurals} plural forms wanted"
    for pattern in (PLACEHOLDER, TAG):
        of_english = [sorted(pattern.findall(text)) for text in english]
        of_translated = [sorted(pattern.findall(text)) for text in translated]
        # A form may do without the number only where English has one that does.
        if of_translated[-1] != of_english[-1] or any(found not in of_english for found in of_translated):
            return f"its placeholders differ: {message.string!r}"
    if any(text.strip() != text and english[0].strip() == english[0] for text in translated):
        return "white space at an end"
    return None


def problems(root: Path) -> list[str]:
    """Return everything wrong with the catalogues, a line each; nothing when they are complete."""
    found = []
    current = {(message.context, forms(message.id)): message for message in extract(root) if message.id}
    for language in LANGUAGES:
        catalog = read(root, language)
        kept = {(message.context, forms(message.id)): message for message in catalog if message.id}
        for key, message in current.items():
            where = message.locations[0][0] if message.locations else ""
            if key not in kept:
                found.append(f"{language}: {message.id!r} ({where}): missing, run make messages")
            elif fault := wrong(kept[key], catalog.num_plurals):
                found.append(f"{language}: {message.id!r} ({where}): {fault}")
        found += [f"{language}: {key[1]!r}: no longer in the code, run make messages" for key in kept.keys() - current]
        found += [f"{language}: {text!r}: obsolete, run make messages" for text in catalog.obsolete]
    return found


def todo(root: Path, language: str) -> list[dict[str, Any]]:
    """Return the texts that ``language`` lacks or has wrong, ready to be filled in."""
    catalog = read(root, language)
    wanted = []
    for message in catalog:
        if message.id and (fault := wrong(message, catalog.num_plurals)):
            english = forms(message.id)
            entry: dict[str, Any] = {"english": english[0], "fault": fault}
            entry |= {"plural": english[1]} if len(english) > 1 else {}
            entry |= {"context": message.context} if message.context else {}
            entry["where"] = [path for path, _line in message.locations]
            entry["text"] = [""] * catalog.num_plurals if len(english) > 1 else ""
            wanted.append(entry)
    return wanted


def fill(root: Path, language: str, translations: Any) -> list[str]:
    """Put ``translations`` into the catalogue and return those whose English text it does not know."""
    if isinstance(translations, dict):
        translations = [{"english": english, "text": text} for english, text in translations.items()]
    catalog, unknown = read(root, language), []
    for entry in translations:
        message = catalog.get(entry["english"], entry.get("context"))
        if message is None:
            unknown.append(entry["english"])
        elif all(forms(entry["text"])):
            message.string = entry["text"] if isinstance(entry["text"], str) else tuple(entry["text"])
    write(root, language, catalog)
    return unknown


def main(arguments: list[str], root: Path) -> int:
    """Run one command of the module's list; return the exit status."""
    match arguments:
        case ["update"]:
            update(root)
        case ["compile"]:
            compile_all(root)
        case ["check"]:
            found = problems(root)
            print(*found, sep="\n", end="\n" if found else "")
            return 1 if found else 0
        case ["todo", language]:
            print(json.dumps(todo(root, language), ensure_ascii=False, indent=1))
        case ["fill", language, file]:
            unknown = fill(root, language, json.loads(Path(file).read_text()))
            print(*(f"not in the catalogue: {text!r}" for text in unknown), sep="\n", end="")
            return 1 if unknown else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    # templatize asks whether translation is on; nothing else of the project's settings is needed here.
    settings.configure(USE_I18N=True)
    sys.exit(main(sys.argv[1:], Path(__file__).resolve().parent.parent))
