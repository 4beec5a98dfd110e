"""Every known fault of the JIRAM archive that touches images, one named function each.

``HITS`` in a docstring says which products a fault is in.  The faults were published by
users of the archive (the readers of PDR and rms-oops among them) or are visible in the
labels; "SIS" is the JIRAM Data Product and Archive Volume SIS, version 7.5.  The archive's
INDEX tables are faulty too (that of orbit 25 lists products of orbit 26): this package
reads labels only.
"""

from hotspots.archive.quirks.clocks import (
    SUBCOUNTS_PER_SECOND,
    clock_counts,
    clock_for_spice,
    log_seconds,
)
from hotspots.archive.quirks.images import (
    PACKET_LINES,
    PACKET_SAMPLES,
    bands_of_image,
    in_true_byte_order,
    lost_packets,
    stored_dtype,
)
from hotspots.archive.quirks.labels import (
    file_inside_folder,
    first_pixel_of_band,
    is_flyby_of_2013,
    observation_time,
    orbit_of_label,
    spacecraft_sun_vector,
    target_for_display,
    unit_of_pixels,
)
from hotspots.archive.quirks.log_bits import nadir_offset_is_negative

__all__ = [
    "PACKET_LINES",
    "PACKET_SAMPLES",
    "SUBCOUNTS_PER_SECOND",
    "bands_of_image",
    "clock_counts",
    "clock_for_spice",
    "file_inside_folder",
    "first_pixel_of_band",
    "in_true_byte_order",
    "is_flyby_of_2013",
    "log_seconds",
    "lost_packets",
    "nadir_offset_is_negative",
    "observation_time",
    "orbit_of_label",
    "spacecraft_sun_vector",
    "stored_dtype",
    "target_for_display",
    "unit_of_pixels",
]
