"""How long texts and lists, and how large amounts, may be (data dictionary, section 4)."""

from decimal import Decimal

TITLE = (5, 200)
TRANSLATED_TITLE = (0, 200)
ABSTRACT = (100, 3000)
KEYWORDS = (3, 6)
KEYWORD_LENGTH = 60
NARRATIVE = (200, 4000)
NOTE = 300
ATTACHMENTS = 5
ATTACHMENT_BYTES = 10 * 1024 * 1024
QUANTITY = (1, 9999)
UNIT_COST_DIGITS = 12
MOST_UNIT_COST = Decimal("9999999999.99")
