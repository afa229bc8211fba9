"""What evaluation and selection write to people; queued with the fact they tell."""
