"""SOLARMAN V5: Modbus RTU wrapped in the frames of a Wi-Fi stick."""
