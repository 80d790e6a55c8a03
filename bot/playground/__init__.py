"""A local Slack workspace: Web API, Socket Mode, a control API and a page in the browser. It is not Slack."""
