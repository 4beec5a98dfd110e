"""One visit's folder: every product of it, written in one go or not at all.

==================== ==========================================================
``hotspots.csv``     sources, also as ``.gpkg``, ``.geojson`` and ``.parquet``
``frames.csv``       what became of every product looked at
``limits.csv``       known volcanoes in view: seen, or fainter than a limit
``limits.tif``       the limits of every cell, as cloud-optimised GeoTIFF
``radiometer.csv``   brightness temperatures of the radiometer, with more files
                     of the same stem (`hotspots.products.radiometer`)
``spectra.csv``      sources in spectra, with ``slits.csv``
                     (`hotspots.products.spectra`)
``grid.nc``          maps of the groups of frames, with every plane
``<map>.tif``        maps on the product grids, as cloud-optimised GeoTIFF
``map_<group>.png``  picture of each group's map with the sources on it
``provenance.json``  inputs, kernels, settings, software
==================== ==========================================================
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hotspots.catalogue.limit_records import LimitRecord
from hotspots.catalogue.records import FrameRecord, SourceRecord
from hotspots.config import ProductSettings
from hotspots.grid import GridMap
from hotspots.products import provenance as provenance_file
from hotspots.products.atomic import atomic_folder
from hotspots.products.limits import write_limits
from hotspots.products.maps import write_visit_map
from hotspots.products.netcdf import write_grid_maps
from hotspots.products.provenance import Provenance, write_provenance
from hotspots.products.radiometer import RadiometerProducts, write_radiometer
from hotspots.products.rasters import write_cog
from hotspots.products.spectra import SpectraProducts, write_spectra
from hotspots.products.tables import write_frames, write_sources
from hotspots.products.vectors import write_geojson, write_geopackage, write_geoparquet

__all__ = ["VisitProducts", "write_visit"]


@dataclass(frozen=True, kw_only=True)
class VisitProducts:
    """What a visit leaves behind.

    Parameters
    ----------
    visit : str
        Name, such as ``PJ57``.
    sources : sequence of SourceRecord
    frames : sequence of FrameRecord
        One for each product looked at.
    maps : mapping of str to GridMap
        Maps of the groups of frames on their view grids, by group.
    product_maps : mapping of str to GridMap
        Maps on equirectangular or polar grids, by the stem of their raster's name.
    limits : sequence of LimitRecord or None
        None where limits were not worked out.
    limit_map : GridMap or None
        Limits on the equirectangular grid.
    radiometer : RadiometerProducts or None
        None where the visit has no tables of the radiometer.
    spectra : SpectraProducts or None
        None where the visit has no calibrated spectra.
    pictured_plane : str
        Plane of ``maps`` that is drawn; a group without it has no picture.
    """

    visit: str
    sources: Sequence[SourceRecord]
    frames: Sequence[FrameRecord]
    maps: Mapping[str, GridMap] = field(default_factory=dict)
    product_maps: Mapping[str, GridMap] = field(default_factory=dict)
    limits: Sequence[LimitRecord] | None = None
    limit_map: GridMap | None = None
    radiometer: RadiometerProducts | None = None
    spectra: SpectraProducts | None = None
    pictured_plane: str = "m_mean"


def write_visit(
    folder: Path,
    products: VisitProducts,
    provenance: Provenance,
    settings: ProductSettings | None = None,
) -> tuple[Path, ...]:
    """Write all files of a visit; what ``folder`` held before is replaced.

    Parameters
    ----------
    folder : Path
        The visit's own folder, such as ``out/PJ57``.
    products : VisitProducts
    provenance : Provenance
        Its ``outputs`` are filled in here.
    settings : ProductSettings, optional
        Which of the optional files to write.

    Returns
    -------
    tuple of Path
        The files, sorted.

    Raises
    ------
    ProductError
        If anything cannot be written; ``folder`` is then as it was.
    """
    settings = ProductSettings() if settings is None else settings
    with atomic_folder(folder) as partial:
        _write_sources(partial, products, settings)
        write_frames(partial / "frames.csv", products.frames)
        write_limits(partial, products.limits, products.limit_map)
        if products.radiometer is not None:
            write_radiometer(partial, products.radiometer, settings)
        if products.spectra is not None:
            write_spectra(partial, products.spectra)
        _write_maps(partial, products, settings)
        names = sorted(path.name for path in partial.iterdir())
        write_provenance(
            partial / provenance_file.FILE_NAME, replace(provenance, outputs=tuple(names))
        )
    return tuple(folder / name for name in sorted([*names, provenance_file.FILE_NAME]))


def _write_sources(folder: Path, products: VisitProducts, settings: ProductSettings) -> None:
    write_sources(folder / "hotspots.csv", products.sources)
    if settings.geopackage:
        write_geopackage(folder / "hotspots.gpkg", products.sources)
    if settings.geojson:
        write_geojson(folder / "hotspots.geojson", products.sources)
    if settings.geoparquet:
        write_geoparquet(folder / "hotspots.parquet", products.sources)


def _write_maps(folder: Path, products: VisitProducts, settings: ProductSettings) -> None:
    if settings.netcdf:
        title = f"Thermal maps of Io, {products.visit}"
        write_grid_maps(folder / "grid.nc", products.maps, title=title)
    if settings.cogs:
        for name, grid_map in products.product_maps.items():
            write_cog(folder / f"{name}.tif", grid_map)
    for name, grid_map in products.maps.items():
        if products.pictured_plane in grid_map:
            write_visit_map(
                folder / f"map_{name}.png",
                grid_map,
                products.sources,
                plane=products.pictured_plane,
                title=f"{products.visit}, {name}",
            )
