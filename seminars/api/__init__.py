"""The read-only interface by which the agencies' own systems read."""
