"""The line between the workspace and the app: what it is sent, and what it answers."""
