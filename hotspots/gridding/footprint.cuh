// Where a sample's corners fall on a grid, and how its footprint overlaps the cells.
//
// Plain C++ for nvcc, NVRTC and g++ alike: no library, no allocation, float32 only.
// corners_cpu.py and clip_cpu.py are its twins; formulas are explained there and in
// hotspots/camera.py (the moment form of the line of sight).

#pragma once

#ifdef __CUDACC__
#define HOTSPOTS_DEVICE __device__ __forceinline__
#else
#include <cmath>
#define HOTSPOTS_DEVICE inline
#endif

namespace hotspots {

constexpr float OFF_MAP = 1e30f;         // column of a corner that misses body or map
constexpr float FARTHEST_COSINE = -0.5f; // polar maps end 120 degrees from their pole
constexpr float PI = 3.14159265358979f;
constexpr float TINY = 1e-20f;

enum Projection { VIEW = 0, EQUIRECTANGULAR = 1, POLAR_NORTH = 2, POLAR_SOUTH = 3 };

// The numbers of locate.kernel_constants, in its order.
struct Grid {
    float axis[9];
    float column_0, row_0, scale, turn, middle;
};

HOTSPOTS_DEVICE Grid read_grid(const float *numbers) {
    Grid grid;
    for (int k = 0; k < 9; ++k) grid.axis[k] = numbers[k];
    grid.column_0 = numbers[9];
    grid.row_0 = numbers[10];
    grid.scale = numbers[11];
    grid.turn = numbers[12];
    grid.middle = numbers[13];
    return grid;
}

struct Corner {
    float x, y; // column and row
};

// Outline of one sample on the map, with the box around it.
struct Footprint {
    float x[5], y[5]; // the fifth is the first, a full turn away around a pole
    float left, right, top, bottom;
    float twice_area; // signed; its sign alone counts around a pole
    float pole;       // row of the pole inside, or OFF_MAP
};

HOTSPOTS_DEVICE float least(float a, float b) { return a < b ? a : b; }
HOTSPOTS_DEVICE float most(float a, float b) { return a > b ? a : b; }

// Angle of (x, y); minimax fit of (arctan(t)/t - 1)/t^2 on 0..1, error 6e-8.
HOTSPOTS_DEVICE float arctan2(float y, float x) {
    const float across = fabsf(x), along = fabsf(y);
    const float t = least(across, along) / most(most(across, along), TINY);
    const float z = t * t;
    float series = 0.00297457678f;
    series = series * z - 0.0165811405f;
    series = series * z + 0.0435534716f;
    series = series * z - 0.0758057237f;
    series = series * z + 0.106789380f;
    series = series * z - 0.142142087f;
    series = series * z + 0.199941367f;
    series = series * z - 0.333331674f;
    float angle = t + t * z * series;
    angle = along > across ? 0.5f * PI - angle : angle;
    angle = x < 0.0f ? PI - angle : angle;
    return y < 0.0f ? -angle : angle;
}

// Cell of the surface point that the line of sight at (x, y) of a camera meets first.
HOTSPOTS_DEVICE Corner place_corner(const float *camera, const float *origin, int kind,
                                    const Grid &grid, float x, float y) {
    const float u = x - origin[0], v = y - origin[1];
    float d[3], m[3], s[3];
    float length = 0.0f, moment = 0.0f;
    for (int k = 0; k < 3; ++k) {
        d[k] = camera[k] + v * camera[6 + k] + u * camera[3 + k];
        m[k] = camera[9 + k] + v * camera[15 + k] + u * camera[12 + k];
        length += d[k] * d[k];
        moment += m[k] * m[k];
    }
    const float reach = length - moment;
    const float root = sqrtf(most(reach, 0.0f));
    const float over = 1.0f / length;
    s[0] = (d[1] * m[2] - d[2] * m[1] - root * d[0]) * over;
    s[1] = (d[2] * m[0] - d[0] * m[2] - root * d[1]) * over;
    s[2] = (d[0] * m[1] - d[1] * m[0] - root * d[2]) * over;
    const float *axis = grid.axis;
    const float a = axis[0] * s[0] + axis[1] * s[1] + axis[2] * s[2];
    const float b = axis[3] * s[0] + axis[4] * s[1] + axis[5] * s[2];
    const float e = axis[6] * s[0] + axis[7] * s[1] + axis[8] * s[2];
    float shown = reach;
    Corner corner;
    if (kind == VIEW) {
        shown = least(reach, e);
        corner.x = a;
        corner.y = -b;
    } else if (kind == EQUIRECTANGULAR) {
        corner.x = grid.scale * arctan2(a, b);
        corner.y = -grid.scale * arctan2(e, sqrtf(a * a + b * b));
        const float turns = (corner.x + grid.column_0 - grid.middle) / grid.turn;
        corner.x -= grid.turn * floorf(turns + 0.5f);
    } else {
        const float towards = kind == POLAR_NORTH ? e : -e;
        const float radius = sqrtf(a * a + b * b + e * e);
        shown = least(reach, towards - FARTHEST_COSINE * radius);
        const float stretch = grid.scale / most(radius + towards, TINY);
        corner.x = a * stretch;
        corner.y = kind == POLAR_NORTH ? b * stretch : -b * stretch;
    }
    corner.x = shown > 0.0f ? corner.x + grid.column_0 : OFF_MAP;
    corner.y += grid.row_0;
    return corner;
}

// Join four corners (in order around the sample); false if one of them is off the map.
HOTSPOTS_DEVICE bool outline(const Corner corner[4], const Grid &grid, float pixfrac,
                             Footprint &out) {
    for (int k = 0; k < 4; ++k) {
        if (!(corner[k].x < OFF_MAP)) return false;
        out.x[k] = corner[k].x;
        out.y[k] = corner[k].y;
    }
    out.x[4] = out.x[0];
    out.y[4] = out.y[0];
    out.pole = OFF_MAP;
    if (grid.turn > 0.0f) {
        for (int k = 0; k < 4; ++k) {
            const float step = out.x[k + 1] - out.x[k];
            out.x[k + 1] -= grid.turn * floorf(step / grid.turn + 0.5f);
        }
        if (fabsf(out.x[4] - out.x[0]) > 0.5f * grid.turn) {
            out.pole = grid.row_0 + (out.y[0] < grid.row_0 ? -0.25f : 0.25f) * grid.turn;
        }
    }
    if (pixfrac < 1.0f && out.pole == OFF_MAP) {
        const float middle_x = 0.25f * (out.x[0] + out.x[1] + out.x[2] + out.x[3]);
        const float middle_y = 0.25f * (out.y[0] + out.y[1] + out.y[2] + out.y[3]);
        for (int k = 0; k < 5; ++k) {
            out.x[k] = middle_x + pixfrac * (out.x[k] - middle_x);
            out.y[k] = middle_y + pixfrac * (out.y[k] - middle_y);
        }
    }
    out.left = out.right = out.x[0];
    out.top = out.bottom = out.y[0];
    for (int k = 1; k < 5; ++k) {
        out.left = least(out.left, out.x[k]);
        out.right = most(out.right, out.x[k]);
        out.top = least(out.top, out.y[k]);
        out.bottom = most(out.bottom, out.y[k]);
    }
    out.twice_area = (out.x[2] - out.x[0]) * (out.y[3] - out.y[1]) -
                     (out.x[3] - out.x[1]) * (out.y[2] - out.y[0]);
    if (out.pole < OFF_MAP) {
        const float around = 2.0f * (out.x[4] - out.x[0]);
        out.twice_area = out.pole < grid.row_0 ? -around : around;
        out.top = least(out.top, out.pole);
        out.bottom = most(out.bottom, out.pole);
    }
    return true;
}

// The part of one edge inside the strip of one column.
struct Strip {
    float half_width, high, low, over;
};

HOTSPOTS_DEVICE Strip cut_edge(float from_x, float from_y, float to_x, float to_y, float left) {
    const float dx = to_x - from_x;
    const float slope = dx != 0.0f ? (to_y - from_y) / dx : 0.0f;
    const float start = least(most(from_x, left), left + 1.0f);
    const float end = least(most(to_x, left), left + 1.0f);
    const float first = from_y + (start - from_x) * slope;
    const float last = from_y + (end - from_x) * slope;
    Strip strip;
    strip.half_width = 0.5f * (end - start);
    // Rounding may not lift the ends above the footprint's own rows.
    strip.high = least(most(first, last), most(from_y, to_y));
    strip.low = most(least(first, last), least(from_y, to_y));
    strip.over = 1.0f / (strip.high - strip.low + TINY);
    return strip;
}

// Area between a strip and the rows beyond `row`.
HOTSPOTS_DEVICE float area_beyond(const Strip &strip, float row) {
    const float p = most(strip.high - row, 0.0f), q = most(strip.low - row, 0.0f);
    return strip.half_width * (p + q) * ((p - q + TINY) * strip.over);
}

// Call deposit(row, column, overlap) for each cell of a grid of `rows` x `columns` that
// the footprint, moved by `shift` columns, overlaps.
template <typename Deposit>
HOTSPOTS_DEVICE void share_out(const Footprint &outline, float shift, int rows, int columns,
                               Deposit &deposit) {
    const int first_row = static_cast<int>(floorf(outline.top));
    const int first_column = static_cast<int>(floorf(outline.left + shift));
    const int height = static_cast<int>(floorf(outline.bottom)) + 1 - first_row;
    const int width = static_cast<int>(floorf(outline.right + shift)) + 1 - first_column;
    if (first_row >= rows || first_row + height <= 0) return;
    const int start_row = first_row < 0 ? -first_row : 0;
    const int end_row = first_row + height > rows ? rows - first_row : height;
    const int start = first_column < 0 ? -first_column : 0;
    const int end = first_column + width > columns ? columns - first_column : width;
    const float sign = outline.twice_area > 0.0f ? -1.0f : 1.0f;
    // Counted from the footprint's own first cell, where float32 is finest.
    float x[5], y[5];
    for (int k = 0; k < 5; ++k) {
        x[k] = (outline.x[k] + shift) - static_cast<float>(first_column);
        y[k] = outline.y[k] - static_cast<float>(first_row);
    }
    const bool closes_at_pole = outline.pole < OFF_MAP;
    const float pole = outline.pole - static_cast<float>(first_row);
    for (int column = start; column < end; ++column) {
        Strip strip[5];
        const float left = static_cast<float>(column);
        for (int k = 0; k < 4; ++k) strip[k] = cut_edge(x[k], y[k], x[k + 1], y[k + 1], left);
        if (closes_at_pole) strip[4] = cut_edge(x[4], pole, x[0], pole, left);
        float beyond = 0.0f;
        for (int row = start_row; row <= end_row; ++row) {
            float following = 0.0f;
            for (int k = 0; k < 4; ++k) following += area_beyond(strip[k], static_cast<float>(row));
            if (closes_at_pole) following += area_beyond(strip[4], static_cast<float>(row));
            const float overlap = sign * (beyond - following);
            if (row > start_row && overlap > 0.0f) {
                deposit(first_row + row - 1, first_column + column, overlap);
            }
            beyond = following;
        }
    }
}

// What one sample adds to a cell per overlap; scaled, ready for rounding.
struct Terms {
    float weighted, weight, weight_squared, square, coverage, touch;
};

HOTSPOTS_DEVICE Terms prepare_terms(float value, float weight, const float *scale, float touch,
                                    float twice_area) {
    Terms terms;
    terms.weighted = weight * value * scale[0];
    terms.weight = weight * scale[1];
    terms.weight_squared = weight * scale[2];
    terms.square = weight * value * value * scale[3];
    terms.coverage = scale[4];
    terms.touch = touch * least(0.5f * fabsf(twice_area), 1.0f);
    return terms;
}

// Share a footprint out, and again a turn to the left and right where it shows there.
template <typename Deposit>
HOTSPOTS_DEVICE void share_out_around(const Footprint &outline, const Grid &grid, int rows,
                                      int columns, Deposit &deposit) {
    share_out(outline, 0.0f, rows, columns, deposit);
    if (grid.turn > 0.0f) {
        if (outline.right - grid.turn > 0.0f) {
            share_out(outline, -grid.turn, rows, columns, deposit);
        }
        if (outline.left + grid.turn < static_cast<float>(columns)) {
            share_out(outline, grid.turn, rows, columns, deposit);
        }
    }
}

} // namespace hotspots
