"""Modbus over TCP, over a serial line, and as RTU frames over a socket."""
