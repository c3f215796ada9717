"""Any profile served over its real protocol, driven by one physical model of a site; injected faults."""
