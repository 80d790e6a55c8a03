"""What is kept and found again: insights, the index, search, taking everything along."""
