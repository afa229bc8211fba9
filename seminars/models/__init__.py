"""The records of the programme, in the order of its flow."""

from seminars.models.application_list import ApplicationList, ListUpload
from seminars.models.attachment import Attachment
from seminars.models.budget import BudgetLine
from seminars.models.call import AllowedCost, Call, CallAgency
from seminars.models.country import CallCountry
from seminars.models.directory import DirectoryEntry, Spelling
from seminars.models.eligibility import Correction, EligibilityDecision, EligibilityNotice
from seminars.models.feed import Feed
from seminars.models.invitation import Invitation
from seminars.models.laboratory import Laboratory
from seminars.models.listed import ListedApplication
from seminars.models.mailing import Mailing, MailingRecipient
from seminars.models.matching import RejectedMatch
from seminars.models.note import Note
from seminars.models.pack import Pack
from seminars.models.participant import Participant
from seminars.models.personal_copy import PersonalCopy
from seminars.models.proposal import Proposal
from seminars.models.recusal import Recusal
from seminars.models.reminder import Reminder, ReminderRule
from seminars.models.search import DefaultSearch, SavedSearch
from seminars.models.seminar import Seminar
from seminars.models.session import Session
from seminars.models.submission import Approval, ApprovalLink, Submission
from seminars.models.theme import Criterion, PriorityArea, ScaleStep, Theme
from seminars.models.token import ApiToken

__all__ = [
    "AllowedCost",
    "ApiToken",
    "ApplicationList",
    "Approval",
    "ApprovalLink",
    "Attachment",
    "BudgetLine",
    "Call",
    "CallAgency",
    "CallCountry",
    "Correction",
    "Criterion",
    "DefaultSearch",
    "DirectoryEntry",
    "EligibilityDecision",
    "EligibilityNotice",
    "Feed",
    "Invitation",
    "Laboratory",
    "ListUpload",
    "ListedApplication",
    "Mailing",
    "MailingRecipient",
    "Note",
    "Pack",
    "Participant",
    "PersonalCopy",
    "PriorityArea",
    "Proposal",
    "Recusal",
    "RejectedMatch",
    "Reminder",
    "ReminderRule",
    "SavedSearch",
    "ScaleStep",
    "Seminar",
    "Session",
    "Spelling",
    "Submission",
    "Theme",
]
