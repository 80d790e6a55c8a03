"""Who with whom: cohorts and their pairs, from the question to the end, in words and forms."""
