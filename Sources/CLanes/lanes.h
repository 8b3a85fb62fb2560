// a * b + c of eight doubles in one rounding where the processor that the code is built for has a fused multiply-add
// (-Xcc -march=x86-64-v3 or -v4, arm64), in two elsewhere. Swift alone offers the fused form only, a call of the C
// library for each element where the processor lacks it; Clang contracts an expression where that is the faster way.
typedef double isobole_lanes __attribute__((ext_vector_type(8)));

static inline __attribute__((always_inline)) isobole_lanes isobole_multiply_add(
    isobole_lanes a, isobole_lanes b, isobole_lanes c) {
#pragma clang fp contract(on)
  return a * b + c;
}
