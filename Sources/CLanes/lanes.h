// What Swift cannot say of eight doubles without a call for each of them.

typedef double isobole_lanes __attribute__((ext_vector_type(8)));
typedef long long isobole_lane_mask __attribute__((ext_vector_type(8)));

// a * b + c in one rounding where the processor that the code is built for has a fused multiply-add (-Xcc
// -march=x86-64-v3 or -v4, arm64), in two elsewhere. Swift alone offers the fused form only, a call of the C library
// for each element where the processor lacks it; Clang contracts an expression where that is the faster way.
static inline __attribute__((always_inline)) isobole_lanes isobole_multiply_add(
    isobole_lanes a, isobole_lanes b, isobole_lanes c) {
#pragma clang fp contract(on)
  return a * b + c;
}

// One bit for each lane, from the signs of a mask's lanes.
static inline __attribute__((always_inline)) unsigned char isobole_bits(isobole_lane_mask mask) {
  typedef _Bool bits __attribute__((ext_vector_type(8)));
  return __builtin_bit_cast(unsigned char, __builtin_convertvector(mask < 0, bits));
}

// a in the lanes of the mask, b elsewhere.
static inline __attribute__((always_inline)) isobole_lanes isobole_select(
    isobole_lane_mask mask, isobole_lanes a, isobole_lanes b) {
  return mask ? a : b;
}

// b moved one lane up, the last of a before it; a moved one lane down, the first of b after it.
static inline __attribute__((always_inline)) isobole_lanes isobole_shift_up(isobole_lanes a, isobole_lanes b) {
  return __builtin_shufflevector(a, b, 7, 8, 9, 10, 11, 12, 13, 14);
}

static inline __attribute__((always_inline)) isobole_lanes isobole_shift_down(isobole_lanes a, isobole_lanes b) {
  return __builtin_shufflevector(a, b, 1, 2, 3, 4, 5, 6, 7, 8);
}

// The same for sixteen, which most processors do as two or more vectors in turn.

typedef double isobole_wide __attribute__((ext_vector_type(16)));
typedef long long isobole_wide_mask __attribute__((ext_vector_type(16)));

static inline __attribute__((always_inline)) isobole_wide isobole_wide_multiply_add(
    isobole_wide a, isobole_wide b, isobole_wide c) {
#pragma clang fp contract(on)
  return a * b + c;
}

static inline __attribute__((always_inline)) unsigned short isobole_wide_bits(isobole_wide_mask mask) {
  typedef _Bool bits __attribute__((ext_vector_type(16)));
  return __builtin_bit_cast(unsigned short, __builtin_convertvector(mask < 0, bits));
}

static inline __attribute__((always_inline)) isobole_wide isobole_wide_select(
    isobole_wide_mask mask, isobole_wide a, isobole_wide b) {
  return mask ? a : b;
}
