"""Every order that a driver carries has its place in the table of permissions."""

from core.access import Permission
from core.limiter import OPERATING, READING, permission
from drivers.can.command import ACTIONS
from drivers.ocpp.operations import ORDERS

MAINTAINING = {
    *("reset", "availability", "clear_cache", "data_transfer", "update_firmware"),
    *("get_diagnostics", "local_list", "mode"),
}


def test_every_order_is_of_one_kind_and_none_is_listed_that_nobody_carries() -> None:
    carried = {*ORDERS, *ACTIONS}
    assert carried >= OPERATING | READING
    strict = {order for order in carried if permission(order) is Permission.MAINTAIN}
    assert strict == MAINTAINING, "a new order is for installers until the table says otherwise"
