"""Results: how an experiment went. So far the name of the button that begins it."""

HAPPENED = "result.happened"
