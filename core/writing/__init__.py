"""The proven path: nothing is written to a device but through here. See docs/decisions/0010."""
