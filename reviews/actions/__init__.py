"""What people do in evaluation and selection: verbs, each in one transaction with its history and its mails."""
