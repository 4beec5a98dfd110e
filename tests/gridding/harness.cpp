// Runs the device header on the CPU, one sample after the other: what the GPU would sum.

#include "footprint.cuh"

#include <cmath>
#include <cstdint>

namespace {

struct HostDeposit {
    int64_t *total; // (rows, columns, 6)
    int64_t *last;  // (rows, columns): frame that was counted last, from 1
    int64_t frame;
    int columns;
    hotspots::Terms terms;

    void operator()(int row, int column, float overlap) {
        const int64_t cell = static_cast<int64_t>(row) * columns + column;
        int64_t *sums = total + cell * 6;
        sums[0] += std::llrint(terms.weighted * overlap);
        sums[1] += std::llrint(terms.weight * overlap);
        sums[2] += std::llrint(terms.weight_squared * overlap * overlap);
        sums[3] += std::llrint(terms.square * overlap);
        sums[4] += std::llrint(terms.coverage * overlap);
        if (overlap > terms.touch && last[cell] != frame) {
            last[cell] = frame;
            sums[5] += 1;
        }
    }
};

} // namespace

extern "C" void drizzle(const float *values, const float *weights, const float *constants,
                        const float *origins, int kind, const float *grid_numbers, int frames,
                        int lines, int samples, int rows, int columns, const float *scale,
                        float pixfrac, float touch, int64_t *total, int64_t *last) {
    const hotspots::Grid grid = hotspots::read_grid(grid_numbers);
    for (int frame = 0; frame < frames; ++frame) {
        const float *camera = constants + 18 * frame, *origin = origins + 2 * frame;
        for (int line = 0; line < lines; ++line) {
            for (int sample = 0; sample < samples; ++sample) {
                const int64_t index = (static_cast<int64_t>(frame) * lines + line) * samples + sample;
                if (!(weights[index] > 0.0f)) continue;
                const float left = sample - 0.5f, right = sample + 0.5f;
                const float upper = line - 0.5f, lower = line + 0.5f;
                const hotspots::Corner corners[4] = {
                    hotspots::place_corner(camera, origin, kind, grid, left, upper),
                    hotspots::place_corner(camera, origin, kind, grid, right, upper),
                    hotspots::place_corner(camera, origin, kind, grid, right, lower),
                    hotspots::place_corner(camera, origin, kind, grid, left, lower)};
                hotspots::Footprint footprint;
                if (!hotspots::outline(corners, grid, pixfrac, footprint)) continue;
                HostDeposit deposit{total, last, frame + 1, columns,
                                    hotspots::prepare_terms(values[index], weights[index], scale,
                                                            touch, footprint.twice_area)};
                hotspots::share_out_around(footprint, grid, rows, columns, deposit);
            }
        }
    }
}
