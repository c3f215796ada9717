"""The history: one SQLite file per site. ``Recorder`` writes it, ``History`` reads it; see docs/decisions/0003."""
