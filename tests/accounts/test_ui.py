from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from tests.cast import inserm

DEADLINE = datetime(2026, 9, 3, 8, 0, tzinfo=UTC)


def shown(source: str, *, language: str = "en", zone: str = "Europe/Paris", **values: object) -> str:
    with translation.override(language), timezone.override(zone):
        return Template("{% load ui %}" + source).render(Context(values))


def test_clocks_is_one_time_element() -> None:
    assert shown("{{ at|clocks }}", at=DEADLINE) == (
        '<time datetime="2026-09-03T08:00:00Z" class="clocks">'
        "<b>3 Sept 2026, 10:00 Paris</b><i> · </i><span>17:00 Tokyo</span></time>"
    )


def test_clock_is_the_readers_alone() -> None:
    assert shown("{{ at|clock }}", at=DEADLINE, language="ja", zone="Asia/Tokyo") == (
        '<time datetime="2026-09-03T08:00:00Z">2026年9月3日 <span class="text-nowrap">17:00 日本時間</span></time>'
    )


def test_clocks_text_is_plain() -> None:
    assert shown("{{ at|clocks_text }}", at=DEADLINE) == "3 Sept 2026, 10:00 Paris · 17:00 Tokyo"


@pytest.mark.parametrize("written", ["clocks", "clock", "clocks_text", "day", "short_day", "weekday", "country"])
def test_nothing_is_written_as_nothing(written: str) -> None:
    assert shown("{{ x|" + written + " }}", x=None) == ""


def test_zero_is_an_amount_and_nothing_is_none() -> None:
    assert shown('{{ x|money:"EUR" }}|{{ y|money:"EUR" }}|{{ z|money_whole:"JPY" }}', x=0, y=None, z=Decimal(5)) == (
        "€0.00||¥5"
    )


def test_days() -> None:
    values = {"start": date(2027, 6, 14), "end": date(2027, 6, 16)}
    assert shown("{% days start end %}", **values) == "14–16 June 2027"
    assert shown("{% days start None %}", **values) == ""


def test_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in shown('{% icon "check" %}')


@pytest.mark.parametrize("name", ["../base", "Check", ""])
def test_icon_takes_names_only(name: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        shown("{% icon name %}", name=name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "name"), [("en", "Inserm"), ("fr", "Inserm"), ("ja", "フランス国立保健医学研究機構")]
)
def test_translated_reads_the_column_of_the_language(language: str, name: str) -> None:
    assert shown('{{ agency|translated:"name" }}', language=language, agency=inserm()) == name


def test_time_zones_are_named_in_the_language_and_the_present_one_is_marked() -> None:
    buttons = shown("{% time_zone_choices %}", language="ja", zone="Asia/Tokyo")
    assert buttons.startswith('<button name="time_zone" value="Europe/Paris">パリ時間</button>')
    assert '<button name="time_zone" value="Asia/Tokyo" aria-current="true">日本時間</button>' in buttons


def test_languages_are_named_in_themselves() -> None:
    assert shown("{% language_choices %}", language="fr") == (
        '<button name="language" value="en" lang="en">English</button>'
        '<button name="language" value="fr" lang="fr" aria-current="true">Français</button>'
        '<button name="language" value="ja" lang="ja">日本語</button>\n'
    )
