"""The demonstration: a cast of people and their stories, told through the same actions as the screens."""
