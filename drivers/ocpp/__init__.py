"""OCPP 1.6J: a central system that charging stations call."""
