"""What comes round: nudges and check-ins, talks and what is asked in between."""
