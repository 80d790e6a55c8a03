"""How a tester or the page drives the playground."""
