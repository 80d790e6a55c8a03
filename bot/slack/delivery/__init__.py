"""How messages get out: put into words and posted, no faster than Slack allows."""
