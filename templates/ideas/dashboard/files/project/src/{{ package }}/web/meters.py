"""What the dashboard counts: what-ifs tried, profit curves asked for, alerts that stand."""

from prometheus_client import CollectorRegistry, Counter, Gauge


class DashboardMeters:
    """Counters under the names that docs/runbook.md lists."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.what_ifs = Counter(
            "dashboard_what_ifs_total", "Offers tried out.", ["shop"], registry=registry
        )
        self.profits = Counter(
            "dashboard_profit_curves_total", "Profit curves worked out.", registry=registry
        )
        self.alerts = Gauge(
            "dashboard_alerts", "Alerts that stand, by level.", ["level"], registry=registry
        )
