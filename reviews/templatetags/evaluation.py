"""How pages write what evaluation is made of; each at once, for tables and drawings have hundreds of them."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from reviews.choices import Outcome
from reviews.drawings.matrix import Matrix
from reviews.models import Signature
from reviews.queries.joint import JointRow
from reviews.words.score import with_spread

register = template.Library()
register.filter(with_spread)

STATE = '<span class="state state-{}">{}</span>'
NAMED = 20
"""Up to how many dots of a drawing have the numbers of their pairs beside them; more would hide one another."""
NAME = '<text class="name" x="{}" y="{}" text-anchor="{}" aria-hidden="true">{}</text>'
DOT = '<circle class="{}" cx="{}" cy="{}" r="{}"><title>{}</title></circle>'
OUTCOME_MARKS = {Outcome.SELECTED: "done", Outcome.RESERVE: "wait", Outcome.NOT_SELECTED: "stop"}


@register.filter
def reviews(number: int) -> str:
    """Write how many reviews: ``{{ number|reviews }}``."""
    return ngettext("%(number)s review", "%(number)s reviews", number) % {"number": number}


@register.simple_tag
def outcome(row: JointRow) -> SafeString:
    """Write the outcome of a pair as far as it is proposed, and whether it was refused: ``{% outcome row %}``."""
    if not row.decision:
        return format_html(STATE, "draft", gettext("Not proposed yet"))
    said = Outcome(row.decision.outcome)
    words = f"{said.label} {row.reserve_rank}" if row.reserve_rank else said.label
    refused = format_html(" <small>{}</small>", gettext("Refused")) if row.is_refused else ""
    return format_html(STATE + "{}", OUTCOME_MARKS[said], words, refused)


@register.simple_tag
def signed(signature: Signature | None) -> SafeString:
    """Write whether an agency has signed, or refused: ``{% signed judgement.signature %}``."""
    if not signature:
        return format_html(STATE, "draft", gettext("Not signed"))
    if signature.refuses:
        return format_html(STATE, "stop", gettext("Refused"))
    return format_html(STATE, "done", pgettext("an outcome", "Signed"))


@register.simple_tag
def dots(matrix: Matrix) -> SafeString:
    """Draw the pairs of a matrix of ranks: ``{% dots matrix %}``."""
    drawn = (("agreed" if dot.is_agreed else "open", dot.x, dot.y, dot.radius, dot.label) for dot in matrix.dots)
    circles = format_html_join("", DOT, drawn)
    if len(matrix.dots) > NAMED:
        return circles
    half = matrix.size // 2
    names = (
        (dot.x - 10, dot.y + 4, "end", dot.name) if dot.x > half else (dot.x + 10, dot.y + 4, "start", dot.name)
        for dot in matrix.dots
    )
    return circles + format_html_join("", NAME, names)
