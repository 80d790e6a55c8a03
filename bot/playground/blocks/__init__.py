"""Block Kit: what may stand in a message or a view."""
