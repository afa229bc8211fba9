"""The catalogue tool finds every text and every fault."""

import gettext
import json
from pathlib import Path

import pytest

from config import catalogues

PYTHON = """
title = _("Title")
lines = _(
    "A text on "
    "two lines"  # as formatted
)
days = ngettext("%(count)d day", "%(count)d days", count)
month = pgettext_lazy("month", "May")
brace = gettext_lazy("Hello {name}")
not_a_text = f"{title}"
"""
TEMPLATE = """{% load i18n %}
{% translate "Sign in" %} {% translate "May" context "verb" %}
{% blocktranslate trimmed count days=days with name=person.name %}
  {{ name }} has one day
{% plural %}
  {{ name }} has {{ days }} days
{% endblocktranslate %}
{{ _("A constant") }} {% include "x.html" with label=_("An argument") %} {{ x|default:_("A default") }}
{% comment %}{% translate "Commented out" %}{% endcomment %}
"""
FRENCH = {
    "Title": "Titre",
    "A text on two lines": "Un texte sur deux lignes",
    "%(count)d day": ["%(count)d jour", "%(count)d jours"],
    "Hello {name}": "Bonjour {name}",
    "Sign in": "Se connecter",
    "%(name)s has one day": ["%(name)s a un jour", "%(name)s a %(days)s jours"],
    "A constant": "Une constante",
    "An argument": "Un argument",
    "A default": "Un défaut",
    "A mail": "Un message",
}
MAY = [
    {"english": "May", "context": "month", "text": "mai"},
    {"english": "May", "context": "verb", "text": "pouvoir"},
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in catalogues.SOURCES:
        (tmp_path / folder / "mails").mkdir(parents=True)
    (tmp_path / "seminars" / "views.py").write_text(PYTHON)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "templates" / "mails" / "hello.txt").write_text('{% load i18n %}{% translate "A mail" %}')
    catalogues.update(tmp_path)
    return tmp_path


@pytest.fixture
def translated(project: Path) -> Path:
    for language in catalogues.LANGUAGES:
        one_form = {text: forms[-1] if isinstance(forms, list) else forms for text, forms in FRENCH.items()}
        japanese = {text: [form] if isinstance(FRENCH[text], list) else form for text, form in one_form.items()}
        assert catalogues.fill(project, language, FRENCH if language == "fr" else japanese) == []
        assert catalogues.fill(project, language, MAY) == []
    return project


def test_every_text_is_found(project: Path) -> None:
    found = {(message.context, message.id) for message in catalogues.extract(project) if message.id}
    assert found == {
        (None, "Title"),
        (None, "A text on two lines"),
        (None, ("%(count)d day", "%(count)d days")),
        ("month", "May"),
        (None, "Hello {name}"),
        (None, "Sign in"),
        ("verb", "May"),
        (None, ("%(name)s has one day", "%(name)s has %(days)s days")),
        (None, "A constant"),
        (None, "An argument"),
        (None, "A default"),
        (None, "A mail"),
    }


def test_complete_catalogues_have_no_problem(translated: Path) -> None:
    assert catalogues.problems(translated) == []


def test_new_catalogue_lacks_everything(project: Path) -> None:
    assert len(catalogues.problems(project)) == 24
    assert len(catalogues.todo(project, "ja")) == 12


def test_update_changes_nothing_twice(translated: Path) -> None:
    path = catalogues.catalogue_path(translated, "fr")
    before = path.read_text()
    catalogues.update(translated)
    assert path.read_text() == before


def test_new_and_gone_texts_are_told_and_updated(translated: Path) -> None:
    (translated / "templates" / "page.html").write_text('{% load i18n %}{% translate "New" %}')
    told = catalogues.problems(translated)
    assert "fr: 'New' (templates/page.html): missing, run make messages" in told
    assert "ja: ('Sign in',): no longer in the code, run make messages" in told
    catalogues.update(translated)
    assert catalogues.problems(translated) == [
        "fr: 'New' (templates/page.html): not translated",
        "ja: 'New' (templates/page.html): not translated",
    ]


@pytest.mark.parametrize(
    ("english", "text", "fault"),
    [
        ("Title", "", "not translated"),
        ("Title", "Titre\n", "white space at an end"),
        ("Title", "<b>Titre</b>", "placeholders differ"),
        ("Hello {name}", "Bonjour {nom}", "placeholders differ"),
        ("Hello {name}", "Bonjour", "placeholders differ"),
        ("%(count)d day", ["un jour", "%(count)d jours"], "placeholders differ"),
        ("%(count)d day", ["%(count)d jour", "%(n)d jours"], "placeholders differ"),
        ("%(count)d day", ["%(count)d jour", "jours"], "placeholders differ"),
        ("%(count)d day", ["%(count)d jour"], "2 plural forms wanted"),
    ],
)
def test_faulty_translation_is_told(translated: Path, english: str, text: str | list[str], fault: str) -> None:
    catalog = catalogues.read(translated, "fr")
    message = catalog.get(english)
    assert message is not None
    message.string = text if isinstance(text, str) else tuple(text)
    assert fault in (catalogues.wrong(message, catalog.num_plurals) or "")


def test_fuzzy_translation_is_told(translated: Path) -> None:
    catalog = catalogues.read(translated, "fr")
    message = catalog.get("Title")
    assert message is not None
    message.flags.add("fuzzy")
    assert catalogues.wrong(message, 2) == "fuzzy"


def test_obsolete_translation_is_told(translated: Path) -> None:
    path = catalogues.catalogue_path(translated, "fr")
    path.write_text(path.read_text() + '\n#~ msgid "Old"\n#~ msgstr "Vieux"\n')
    assert catalogues.problems(translated) == ["fr: 'Old': obsolete, run make messages"]


def test_todo_is_what_fill_takes(project: Path, tmp_path: Path) -> None:
    wanted = catalogues.todo(project, "fr")
    assert wanted[0] == {
        "english": "%(count)d day",
        "fault": "not translated",
        "plural": "%(count)d days",
        "where": ["seminars/views.py"],
        "text": ["", ""],
    }
    wanted[0]["text"] = ["%(count)d jour", "%(count)d jours"]
    file = tmp_path / "fr.json"
    file.write_text(json.dumps(wanted))
    assert catalogues.main(["fill", "fr", str(file)], project) == 0
    assert len(catalogues.todo(project, "fr")) == 11


def test_fill_tells_texts_it_does_not_know(project: Path) -> None:
    assert catalogues.fill(project, "fr", {"Nothing like it": "Rien de tel"}) == ["Nothing like it"]


def test_compiled_catalogue_is_read_by_gettext(translated: Path) -> None:
    catalogues.compile_all(translated)
    french = gettext.translation("django", translated / "locale", ["fr"])
    assert french.gettext("A text on two lines") == "Un texte sur deux lignes"
    assert french.ngettext("%(count)d day", "%(count)d days", 0) == "%(count)d jour"
    assert french.ngettext("%(count)d day", "%(count)d days", 2) == "%(count)d jours"
    assert french.pgettext("month", "May") == "mai"
    japanese = gettext.translation("django", translated / "locale", ["ja"])
    assert japanese.ngettext("%(count)d day", "%(count)d days", 1) == "%(count)d jours"


def test_unknown_command_shows_the_help(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(["translate"], project) == 2
    assert "catalogues" in capsys.readouterr().out


def test_french_punctuation_never_begins_a_line(project: Path) -> None:
    assert catalogues.fill(project, "fr", {"Title": "« Titre » : un, deux ; trois ! Et %(n)s ? 10:00"}) == []
    assert catalogues.read(project, "fr").get("Title").string == (
        "«\xa0Titre\xa0»\xa0: un, deux\u202f; trois\u202f! Et %(n)s\u202f? 10:00"
    )
