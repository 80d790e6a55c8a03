"""How Pairloop looks and sounds in Slack: Block Kit out, forms back in, and the messenger that posts.

What people typed stands in plain_text and rich_text only, where Slack reads no mentions and no markup; mrkdwn is not
used at all. So nothing that a person types can ping a channel or look like something else.
"""
