"""Coupling assistants: what they are made of, how they are read and judged, and how far somebody is."""
