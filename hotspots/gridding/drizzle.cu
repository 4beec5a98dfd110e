// Drizzle on the GPU: one thread a sample, frames in blockIdx.z, one launch for all.
//
// A block places the corners of its samples once, in shared memory (each corner serves
// up to four samples).  Sums are 64-bit integers in fixed point: atomic addition of
// integers gives the same bits in any order.

#include "footprint.cuh"

using hotspots::Corner;

namespace {

constexpr int BLOCK_X = 32, BLOCK_Y = 8;
constexpr int SUMS = 5;

struct AtomicDeposit {
    unsigned long long *total; // (rows, columns, SUMS)
    unsigned int *seen;        // (rows, columns) words of one bit a frame
    unsigned int frame_bit;
    long long columns;
    hotspots::Terms terms;

    __device__ __forceinline__ void operator()(int row, int column, float overlap) {
        const long long cell = static_cast<long long>(row) * columns + column;
        unsigned long long *sums = total + cell * SUMS;
        add(sums + 0, terms.weighted * overlap);
        add(sums + 1, terms.weight * overlap);
        add(sums + 2, terms.weight_squared * overlap * overlap);
        add(sums + 3, terms.square * overlap);
        add(sums + 4, terms.coverage * overlap);
        if (overlap > terms.touch && !(seen[cell] & frame_bit)) atomicOr(seen + cell, frame_bit);
    }

    // Two's complement: unsigned addition of negative numbers comes out right.
    static __device__ __forceinline__ void add(unsigned long long *sum, float number) {
        atomicAdd(sum, static_cast<unsigned long long>(__float2ll_rn(number)));
    }
};

} // namespace

extern "C" __global__ void __launch_bounds__(BLOCK_X *BLOCK_Y)
    drizzle(const float *values, const float *weights, const float *constants,
            const float *origins, const int kind, const float *grid_numbers, const int lines,
            const int samples, const int rows, const int columns, const float *scale,
            const float pixfrac, const float touch, unsigned long long *total,
            unsigned int *seen) {
    __shared__ Corner corners[BLOCK_Y + 1][BLOCK_X + 1];
    const hotspots::Grid grid = hotspots::read_grid(grid_numbers);
    const int frame = blockIdx.z;
    const int first_line = blockIdx.y * BLOCK_Y, first_sample = blockIdx.x * BLOCK_X;
    const int thread = threadIdx.y * BLOCK_X + threadIdx.x;
    for (int k = thread; k < (BLOCK_Y + 1) * (BLOCK_X + 1); k += BLOCK_X * BLOCK_Y) {
        const int i = k / (BLOCK_X + 1), j = k % (BLOCK_X + 1);
        corners[i][j] = hotspots::place_corner(
            constants + 18 * frame, origins + 2 * frame, kind, grid,
            static_cast<float>(first_sample + j) - 0.5f, static_cast<float>(first_line + i) - 0.5f);
    }
    __syncthreads();
    const int line = first_line + threadIdx.y, sample = first_sample + threadIdx.x;
    if (line >= lines || sample >= samples) return;
    const long long index = (static_cast<long long>(frame) * lines + line) * samples + sample;
    const float weight = weights[index];
    if (!(weight > 0.0f)) return;
    const Corner own[4] = {
        corners[threadIdx.y][threadIdx.x], corners[threadIdx.y][threadIdx.x + 1],
        corners[threadIdx.y + 1][threadIdx.x + 1], corners[threadIdx.y + 1][threadIdx.x]};
    hotspots::Footprint footprint;
    if (!hotspots::outline(own, grid, pixfrac, footprint)) return;
    const long long cells = static_cast<long long>(rows) * columns;
    AtomicDeposit deposit{total, seen + (frame / 32) * cells, 1u << (frame % 32), columns,
                          hotspots::prepare_terms(values[index], weight, scale, touch,
                                                  footprint.twice_area)};
    hotspots::share_out_around(footprint, grid, rows, columns, deposit);
}

// Count the bits of every cell: the frames that touch it.
extern "C" __global__ void count_frames(const unsigned int *seen, const int words,
                                        const long long cells, int *frames) {
    const long long cell = static_cast<long long>(blockIdx.x) * blockDim.x + threadIdx.x;
    if (cell >= cells) return;
    int count = 0;
    for (int word = 0; word < words; ++word) count += __popc(seen[word * cells + cell]);
    frames[cell] = count;
}
