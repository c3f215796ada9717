"""What the station knows and decides; plain Python, no Qt, no wire."""
