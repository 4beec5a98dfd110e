"""Sources for the tests of the catalogue: only what matters is given."""

from datetime import UTC, datetime, timedelta

from hotspots.catalogue.records import SourceClass, SourceRecord

START = datetime(2020, 1, 1, tzinfo=UTC)


def made_source(visit: int, number: int = 1, **changes) -> SourceRecord:
    """Source of the orbit ``visit``, which is also the number of its day."""
    time = START + timedelta(days=visit)
    values = {
        "visit": f"PJ{visit}",
        "source_id": f"PJ{visit}_{number:03d}",
        "time_utc": time.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "lat_deg": 0.0,
        "lon_east_deg": 0.0,
        "sigma_km": 1.0,
        "source_class": SourceClass.HOTSPOT,
        "p_hotspot": 1.0,
        "p_lava_lake": 0.0,
        "snr": 20.0,
        "n_frames": 3,
        "range_km": 40_000.0,
        "km_per_px": 10.0,
        "emission_deg": 30.0,
        "incidence_deg": 120.0,
    }
    return SourceRecord(**values | changes)
