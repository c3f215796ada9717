"""CAN: devices that speak by themselves, decoded with their DBC."""

import logging

logging.getLogger("can").setLevel(logging.CRITICAL)  # what python-can complains of becomes a sentence of ours
