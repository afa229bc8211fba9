"""How pages write scores: ``{{ row.mean|with_spread:row.spread }}``."""

from django import template

from reviews.score_words import with_spread

register = template.Library()
register.filter(with_spread)
