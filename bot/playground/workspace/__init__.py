"""What the workspace holds: its people, conversations, messages and views."""
