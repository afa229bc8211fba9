import pytest
from django.core.exceptions import ValidationError
from django.db import models

from accounts import fields


class Record(models.Model):
    line = fields.LineField(max_length=10)
    block = fields.BlockField(max_length=10, blank=True)
    latin = fields.LatinField(max_length=10, blank=True, validators=[fields.validate_latin])
    kana = fields.KanaField(max_length=10, blank=True, validators=[fields.validate_kana])

    class Meta:
        app_label = "tests"

    def __str__(self) -> str:
        return self.line


@pytest.mark.parametrize("bad", ["a\x00", "a\x1bb", "\u202egpj.exe", "\ud800"])
@pytest.mark.parametrize("column", ["line", "block"])
def test_form_field_and_column_refuse_alike(column: str, bad: str) -> None:
    field = Record._meta.get_field(column)
    with pytest.raises(ValidationError) as in_form:
        field.formfield().clean(bad)
    with pytest.raises(ValidationError) as in_record:
        field.clean(bad, None)
    assert in_form.value.code == in_record.value.error_list[0].code == "forbidden_characters"


@pytest.mark.parametrize(
    ("column", "typed", "kept"),
    [
        ("line", " a\n b ", "a b"),
        ("block", " a\r\n\r\nb ", "a\n\nb"),
        ("latin", "ＴＡＮＡＫＡ", "TANAKA"),
        ("kana", "ﾀﾅｶ　けん", "タナカ ケン"),
    ],
)
def test_form_field_and_column_tidy_alike(column: str, typed: str, kept: str) -> None:
    field = Record._meta.get_field(column)
    assert field.formfield().clean(typed) == field.clean(typed, None) == kept


@pytest.mark.parametrize("column", ["line", "block"])
def test_length_is_counted_in_characters_after_tidying(column: str) -> None:
    field = Record._meta.get_field(column)
    assert field.formfield().clean(" 一二三四五六七八九十 ") == "一二三四五六七八九十"
    with pytest.raises(ValidationError):
        field.formfield().clean("一二三四五六七八九十一")


def test_a_megabyte_is_refused_by_its_length() -> None:
    with pytest.raises(ValidationError) as refusal:
        Record._meta.get_field("block").formfield().clean("x" * 1_000_000)
    assert refusal.value.error_list[0].code == "max_length"


def test_message_names_the_characters() -> None:
    with pytest.raises(ValidationError) as refusal:
        fields.refuse_forbidden("a\x00\u202e")
    assert refusal.value.messages == [
        "This text holds characters that cannot be kept: U+0000, U+202E. Please remove them."
    ]
