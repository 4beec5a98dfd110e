"""The archive as it lies on disk: files in, products and raw arrays out, traps named.

>>> inventory = find_products("archive")  # doctest: +SKIP
>>> with KernelPool(find_metakernel("archive")):  # doctest: +SKIP
...     for visit in group_visits(inventory):
...         for product in visit.products:
...             print(product.product_id, start_et(product), read_image(product).shape)
"""

from hotspots.archive.clock import clock_et, exposure_from_clock, start_et
from hotspots.archive.coverage import kernels_cover
from hotspots.archive.find import find_products
from hotspots.archive.image import missing_packets, read_image
from hotspots.archive.kernels import KernelPool, kernel_checksums
from hotspots.archive.layout import BAND_LINES, SAMPLES
from hotspots.archive.log_table import LogRow, read_log_row
from hotspots.archive.metakernel import find_metakernel
from hotspots.archive.products import Inventory, IssueStatus, Product, ProductIssue
from hotspots.archive.visits import Visit, group_visits, unassigned_issues

__all__ = [
    "BAND_LINES",
    "SAMPLES",
    "Inventory",
    "IssueStatus",
    "KernelPool",
    "LogRow",
    "Product",
    "ProductIssue",
    "Visit",
    "clock_et",
    "exposure_from_clock",
    "find_metakernel",
    "find_products",
    "group_visits",
    "kernel_checksums",
    "kernels_cover",
    "missing_packets",
    "read_image",
    "read_log_row",
    "start_et",
    "unassigned_issues",
]
