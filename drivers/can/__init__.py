"""CAN: devices that speak by themselves, decoded with their DBC."""
