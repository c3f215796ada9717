"""QAbstractItemModels over links, points, recorded history and curves, and the pure functions they show."""
