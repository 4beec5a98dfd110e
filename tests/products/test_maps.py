"""Pictures: places fall where they should, and odd maps are drawn without complaint."""

import matplotlib.image
import numpy as np
import pytest
from matplotlib.figure import Figure

from hotspots.catalogue.records import SourceClass
from hotspots.errors import GriddingError
from hotspots.grid import Grid, GridMap, Plane, Projection
from hotspots.products.figures import label_strongest, unit_text
from hotspots.products.graticule import cells_of, draw_graticule
from hotspots.products.maps import write_visit_map
from hotspots.products.overview import write_catalogue_map


def picture(path):
    image = matplotlib.image.imread(path)[..., :3]
    assert image.shape[0] > 300
    assert image.shape[1] > 300
    return image


def cyan(image):
    """Pixels in the colour of the circles around hot spots."""
    return np.all(np.abs(image - np.array([0x7F, 0xD4, 0xFF]) / 255) < 0.02, axis=-1)


def test_a_map_shows_its_sources(tmp_path, view_map, sources):
    write_visit_map(tmp_path / "a.png", view_map, sources, plane="m_mean", title="PJ99")
    write_visit_map(tmp_path / "b.png", view_map, (), plane="m_mean", title="PJ99")
    assert cyan(picture(tmp_path / "a.png")).sum() > 50
    assert cyan(picture(tmp_path / "b.png")).sum() == 0


def test_pictures_repeat_bit_for_bit(tmp_path, view_map, sources):
    for name in ("a.png", "b.png"):
        write_visit_map(tmp_path / name, view_map, sources, plane="m_mean", title="PJ99")
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()


@pytest.mark.parametrize("fill", [np.nan, 0.0, 5.0])
def test_a_map_without_contrast_is_drawn(tmp_path, view_map, fill):
    flat = np.full(view_map.grid.shape, fill)
    flat_map = view_map.with_planes({"m_mean": Plane(flat, "W m-2 sr-1", "nothing")})
    write_visit_map(tmp_path / "a.png", flat_map, (), plane="m_mean", title="PJ99")
    picture(tmp_path / "a.png")


def test_other_projections_are_drawn(tmp_path, equirectangular_map, sources):
    write_visit_map(tmp_path / "a.png", equirectangular_map, sources, plane="lat", title="PJ99")
    assert cyan(picture(tmp_path / "a.png")).sum() > 20


def test_a_single_hot_cell_survives_on_a_large_map(tmp_path):
    grid = Grid(Projection.VIEW, (3001, 2999), 1.0, -1500.0, 1500.0)
    values = np.zeros((3001, 2999))
    values[1400, 1620] = 1.0  # off the lines of the graticule
    grid_map = GridMap(grid, {"m_mean": Plane(values, "1", "one hot cell")})
    write_visit_map(tmp_path / "a.png", grid_map, (), plane="m_mean", title="large")
    image = picture(tmp_path / "a.png")
    middle = image[image.shape[0] // 3 : -image.shape[0] // 3, 300:800]
    # The colour at the top of the scale is nowhere else in the map's middle.
    assert np.all(np.abs(middle - np.array([252, 255, 164]) / 255) < 0.05, axis=-1).any()


def test_an_unknown_plane_is_named(tmp_path, view_map):
    with pytest.raises(GriddingError, match="q_mean"):
        write_visit_map(tmp_path / "a.png", view_map, (), plane="q_mean", title="PJ99")


def test_cells_of_places():
    grid = Grid(
        Projection.VIEW,
        (400, 400),
        10.0,
        x_min_km=-2000.0,
        y_max_km=2000.0,
        centre_longitude_deg=90.0,
    )
    # From above 90 E: the centre, the east limb, the hidden far side; Io's semi-axes a, c.
    column, row = cells_of(grid, [0.0, 0.0, 0.0, 89.999], [90.0, 179.9999, 270.0, 90.0])
    np.testing.assert_allclose(column, [200.0, 200.0 + 182.94, np.nan, 200.0], atol=0.02)
    np.testing.assert_allclose(row, [200.0, 200.0, np.nan, 200.0 - 181.57], atol=0.02)


def test_the_graticule_is_as_fine_as_the_map_needs():
    def lines(cell_km):
        half = 50 * cell_km
        axes = Figure().add_subplot()
        axes.set(xlim=(0, 100), ylim=(100, 0))
        grid = Grid(Projection.VIEW, (100, 100), cell_km, -half, half, 40.0, 10.0)
        draw_graticule(axes, grid)
        return {text.get_text() for text in axes.texts}

    assert {"0°E", "30°E", "30°N"} <= lines(40.0)
    assert {"40°N", "10°E", "39°N"} <= lines(1.0)


def test_names_do_not_cover_each_other(sources):
    axes = Figure().add_subplot()
    axes.set(xlim=(0, 100), ylim=(0, 100))
    named = sources[1]
    places = [(named, 10.0, 10.0), (named, 12.0, 10.5), (named, 10.0, 50.0), (sources[0], 80, 80)]
    label_strongest(axes, places, count=5)
    assert [text.xy for text in axes.texts] == [(10.0, 10.0), (10.0, 50.0)]
    assert {text.get_text() for text in axes.texts} == {"Ra, Patera"}


def test_units_are_set_with_exponents():
    assert unit_text("W m-2 sr-1") == "W m$^{-2}$ sr$^{-1}$"
    assert unit_text("1") == "1"


def test_the_catalogue_map_is_drawn(tmp_path, sources):
    write_catalogue_map(tmp_path / "a.png", sources, title="Io")
    write_catalogue_map(tmp_path / "b.png", (), title="Io")
    assert {source.source_class for source in sources} == set(SourceClass)
    assert (picture(tmp_path / "a.png").std(axis=(0, 1)) > 0).all()
    picture(tmp_path / "b.png")


def test_gaps_in_a_map_stay_gaps(tmp_path):
    grid = Grid(Projection.VIEW, (40, 40), 20.0, -400.0, 400.0)
    values = np.full((40, 40), np.nan)
    values[10:20, 10:20] = np.arange(100.0).reshape(10, 10)
    grid_map = GridMap(grid, {"m_mean": Plane(values, "1", "a patch")})
    write_visit_map(tmp_path / "a.png", grid_map, (), plane="m_mean", title="patch")
    picture(tmp_path / "a.png")
