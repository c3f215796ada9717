"""Finding what hangs on the lines and networks of this computer, when the operator asks."""
