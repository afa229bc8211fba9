"""What evaluation and selection write to people; queued with the fact they tell."""

from reviews.mails.assignment import assignment_declined, assignments_chased, assignments_given

__all__ = ["assignment_declined", "assignments_chased", "assignments_given"]
