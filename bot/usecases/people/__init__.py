"""Who somebody is: members, the workspace, admins, and a first hello."""
