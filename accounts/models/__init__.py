"""The records of accounts."""

from accounts.models.agency import Agency, Membership
from accounts.models.history import HistoryEntry
from accounts.models.message import Message, MessageState
from accounts.models.person import PersonName
from accounts.models.preference import MailPreference
from accounts.models.translated import translated, translation_of
from accounts.models.user import ActsForAgencies, User, UserManager
from accounts.models.vital import Vital

__all__ = [
    "ActsForAgencies",
    "Agency",
    "HistoryEntry",
    "MailPreference",
    "Membership",
    "Message",
    "MessageState",
    "PersonName",
    "User",
    "UserManager",
    "Vital",
    "translated",
    "translation_of",
]
