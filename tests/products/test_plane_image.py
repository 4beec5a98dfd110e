import numpy as np
from matplotlib.figure import Figure

from hotspots.products.plane_image import draw_plane, seen_window


def test_the_window_holds_the_cells_seen_and_a_margin():
    values = np.full((100, 200), np.nan)
    values[20:60, 50:150] = 1.0  # 99 columns from first to last: a margin of 2.97, cut, and 1
    assert seen_window(values) == (20 - 3, 60 + 3, 50 - 3, 150 + 3)


def test_a_map_without_data_is_shown_whole():
    assert seen_window(np.full((30, 40), np.nan)) == (0, 30, 0, 40)


def test_a_large_map_shrinks_to_the_brightest_of_each_block_and_keeps_its_coordinates():
    values = np.zeros((10, 2801))  # three cells to a block: more than 1400 twice over
    values[4, 1000] = 7.0
    values[:, 2000] = np.nan
    axes = Figure().add_subplot()
    draw_plane(axes, values, cmap="gray")
    (image,) = axes.images
    drawn = np.asarray(image.get_array())
    assert drawn.shape == (4, 934)
    assert drawn[1, 333] == 7.0
    assert np.count_nonzero(drawn) == 1
    assert image.get_extent() == [0, 2802, 12, 0]


def test_the_scale_is_linear_in_the_noise_and_reaches_the_brightest():
    rng = np.random.default_rng(5)
    values = rng.normal(0.0, 1.0, (200, 200))
    values[100, 100:110] = 1e4
    axes = Figure().add_subplot()
    draw_plane(axes, values, cmap="gray")
    norm = axes.images[0].norm
    assert 2.5 < norm.linear_width < 3.5
    assert norm.vmin < 0
    assert norm.vmax > 1e3
