"""What one person needs at a glance."""
