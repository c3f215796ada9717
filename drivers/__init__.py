"""Bytes on a wire."""
