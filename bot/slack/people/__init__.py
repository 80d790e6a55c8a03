"""Who somebody is: members, the workspace, admins, and a first hello, in words and forms."""
