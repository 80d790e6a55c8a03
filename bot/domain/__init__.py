"""The rules of Pairloop: no input, no output, no clock; everything they need is passed in."""
