"""``alerts.csv`` and ``alerts.json``: the alerts as a table, and as GeoJSON for maps."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from hotspots.body import IO_CRS
from hotspots.catalogue.alerts import Alert
from hotspots.products.atomic import write_bytes
from hotspots.products.tables import write_rows

__all__ = ["write_alert_layer", "write_alerts"]


def write_alerts(path: Path, alerts: Sequence[Alert]) -> None:
    """Write ``alerts.csv``; no alerts give a table of headings.

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    write_rows(path, Alert, alerts)


def write_alert_layer(path: Path, alerts: Sequence[Alert]) -> None:
    """Write the alerts as GeoJSON points, whose member ``crs`` names Io's coordinate system.

    Readers that follow RFC 7946 to the letter ignore that member and draw on the Earth.

    Raises
    ------
    ProductError
        If the file cannot be written.
    """
    authority, code = IO_CRS.split(":")
    layer = {
        "type": "FeatureCollection",
        "name": "alerts",
        "crs": {
            "type": "name",
            "properties": {"name": f"urn:ogc:def:crs:{authority}::{code}"},
        },
        "features": [_feature(alert) for alert in alerts],
    }
    write_bytes(path, (json.dumps(layer, indent=1) + "\n").encode())


def _feature(alert: Alert) -> dict[str, Any]:
    longitude = alert.lon_east_deg - (360.0 if alert.lon_east_deg > 180.0 else 0.0)
    place = [round(longitude, 4), round(alert.lat_deg, 4)]
    return {
        "type": "Feature",
        "properties": {name: _short(value) for name, value in asdict(alert).items()},
        "geometry": {"type": "Point", "coordinates": place},
    }


def _short(value: Any) -> Any:
    """Number with the digits that mean something; anything else as it is."""
    return float(f"{value:.6g}") if isinstance(value, float) else value
