"""The checks, in order."""

from __future__ import annotations

from gui.selftest import devices, keeping, lines, window
from gui.selftest.check import Check

CHECKS = (
    Check("SQLite opens", keeping.sqlite_opens),
    Check("a chunk is sealed and read back", keeping.a_chunk_is_sealed),
    Check("a password is hashed and verified", keeping.a_password_is_hashed),
    Check("where secrets are kept", keeping.secrets_are_named),
    Check("where user data lives", keeping.user_data_is_writable),
    Check("profiles load", devices.profiles_load),
    Check("golden cases decode", devices.golden_cases_decode),
    Check("simulators over Modbus TCP", lines.modbus_tcp),
    Check("simulator over Modbus RTU", lines.modbus_rtu),
    Check("simulator over SOLARMAN V5", lines.solarman_v5),
    Check("simulators on CAN", lines.can_bus),
    Check("simulators over OCPP", lines.ocpp_station),
    Check("translations load", window.french_loads),
    Check("pages are painted", window.pages_are_painted),
    Check("third-party licences", keeping.licences_are_there),
    Check("LGPL libraries are files", keeping.lgpl_libraries_are_files),
)
