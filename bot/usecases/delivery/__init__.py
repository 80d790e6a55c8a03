"""How messages get out: written with what caused them, posted once, looked for after a fault."""
