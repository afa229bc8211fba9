"""R9 and R13, and the plain completeness of the facts that both sides share."""

from seminars.rules import bounds
from seminars.rules.dossier import Dossier, Terms, Violation


def check_length(text: str, limits: tuple[int, int], section: str, field: str) -> tuple[Violation, ...]:
    """Return what is wrong with the length of a text, in characters; one that may be empty has the minimum 0."""
    if not text.strip():
        return (Violation("missing", "", section, field),) if limits[0] else ()
    params = {"length": len(text), "minimum": limits[0], "maximum": limits[1]}
    if len(text) < limits[0]:
        return (Violation("too_short", "", section, field, params),)
    if len(text) > limits[1]:
        return (Violation("too_long", "", section, field, params),)
    return ()


def check_keywords(keywords: tuple[str, ...]) -> tuple[Violation, ...]:
    """Return whether there are too few or too many different keywords, or one is too long."""
    least, most = bounds.KEYWORDS
    count = len({keyword.strip().casefold() for keyword in keywords} - {""})
    longest = max(map(len, keywords), default=0)
    found = []
    if not least <= count <= most:
        params = {"count": count, "minimum": least, "maximum": most}
        found.append(Violation("keywords", "", "facts", "keywords", params))
    if longest > bounds.KEYWORD_LENGTH:
        params = {"maximum": bounds.KEYWORD_LENGTH}
        found.append(Violation("keyword_too_long", "", "facts", "keywords", params))
    return tuple(found)


def check(dossier: Dossier, terms: Terms) -> tuple[Violation, ...]:
    """Return what is missing or wrong in the shared facts, dates and programme apart."""
    shared = dossier.shared
    found = [
        *check_length(shared.title_en, bounds.TITLE, "facts", "title_en"),
        *check_length(shared.title_fr, bounds.TRANSLATED_TITLE, "facts", "title_fr"),
        *check_length(shared.title_ja, bounds.TRANSLATED_TITLE, "facts", "title_ja"),
        *check_length(shared.abstract_en, bounds.ABSTRACT, "facts", "abstract_en"),
        *check_keywords(shared.keywords),
    ]
    if not shared.theme:
        found.append(Violation("missing", "R13", "facts", "theme"))
    elif not shared.theme_admitted:
        found.append(Violation("theme", "R13", "facts", "theme"))
    elif not shared.areas:
        found.append(Violation("no_priority_area", "R13", "facts", "areas", blocking=False))
    found += [
        Violation("missing", "", "facts", field)
        for field in ("venue_name", "venue_city", "venue_country")
        if not getattr(shared, field)
    ]
    if shared.venue_country and shared.venue_country not in terms.host_countries:
        params = {"countries": tuple(sorted(terms.host_countries))}
        found.append(Violation("host_country", "R9", "facts", "venue_country", params))
    return tuple(found)
