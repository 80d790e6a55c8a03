"""What one person needs at a glance, in words and forms."""
