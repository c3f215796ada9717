"""A station's export, made up after the listing of the commissioning manual, and ways to disfigure it."""

from pathlib import Path

from core.evlink.cfg import Address, Cfg, Entry

PARKING = Path(__file__).with_name("evlink_parking.cfg").read_bytes().replace(b"\r\n", b"\n")
SOCKET = Address("evse", "ENERGY", "maxIntensitySocket")
NAME = Address("evse", "FUNCTIONAL", "stationName")
URL = Address("ocpp", "OCPP", "ocppCentralAddress")
FTP_PORT = Address("report", "REPORT FTP", "FtpPort")
PASSWORD = Address("report", "REPORT FTP", "FtpPassword")
RECEIVER = Address("report", "REPORT CHARGE LOGS", "SmtplLogsReceiver")


def with_value(key: str, value: str, data: bytes = PARKING) -> bytes:
    """The file with another value at the first line of that key."""
    begin = data.index(b"\n" + key.encode() + b"=") + 1
    return data[:begin] + f"{key}={value}".encode() + data[data.index(b"\n", begin) :]


def entry(cfg: Cfg, address: Address) -> Entry:
    found = cfg.entry(address)
    assert found is not None, str(address)
    return found
