import COpenBLAS

/// Dense matrix products by OpenBLAS, on one thread.
///
/// The engine runs in parallel over independent problems, each of them small; OpenBLAS's own threads would only
/// fight for the same cores, and could change the order of a sum and so its last bits. Every call from this module
/// therefore passes through ``singleThreaded`` first.
public enum BLAS {
  /// Always `true`; reading it tells OpenBLAS, once in the life of the process, to use one thread.
  ///
  /// The setting belongs to the whole process. Code that calls OpenBLAS or LAPACK without passing through this module
  /// reads this value first. It is safe to read from many threads at once: Swift initialises it exactly once.
  public static let singleThreaded: Bool = {
    openblas_set_num_threads(1)
    return true
  }()

  /// C ← α op(A) op(B) + β C, all matrices stored by columns (BLAS level 3, `dgemm`).
  ///
  /// op(X) is X or Xᵀ. op(A) is m × k, op(B) is k × n, C is m × n. With `m` or `n` zero nothing is written; with
  /// `k` zero, C ← β C. With `beta` zero, what C held before is not read and may be uninitialised or NaN.
  ///
  /// One thread, so the same call gives the same bits on any number of concurrent callers. The bits of one column of C
  /// may however depend on `n` and on the column's place in it, because OpenBLAS takes another kernel at the edges:
  /// who needs a column's bits to be independent of its neighbours multiplies in panels of a fixed shape.
  ///
  /// - Parameters:
  ///   - transposeA: Whether op(A) = Aᵀ, in which case A is stored as k × m.
  ///   - transposeB: Whether op(B) = Bᵀ, in which case B is stored as n × k.
  ///   - m: Rows of op(A) and of C; ≥ 0.
  ///   - n: Columns of op(B) and of C; ≥ 0.
  ///   - k: Columns of op(A) and rows of op(B); ≥ 0.
  ///   - alpha: The factor α of the product.
  ///   - a: First element of A.
  ///   - lda: Distance between the columns of A; ≥ max(1, rows of A as stored).
  ///   - b: First element of B.
  ///   - ldb: Distance between the columns of B; ≥ max(1, rows of B as stored).
  ///   - beta: The factor β of what C held.
  ///   - c: First element of C, which must not overlap A or B.
  ///   - ldc: Distance between the columns of C; ≥ max(1, m).
  /// - Precondition: the sizes and leading dimensions above hold; each fits in 32 bits.
  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Double, a: UnsafePointer<Double>, lda: Int,
    b: UnsafePointer<Double>, ldb: Int, beta: Double, c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    precondition(m >= 0 && n >= 0 && k >= 0, "BLAS.gemm: negative size")
    precondition(lda >= max(1, transposeA ? k : m), "BLAS.gemm: lda too small")
    precondition(ldb >= max(1, transposeB ? n : k), "BLAS.gemm: ldb too small")
    precondition(ldc >= max(1, m), "BLAS.gemm: ldc too small")
    _ = singleThreaded
    cblas_dgemm(
      CblasColMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), alpha, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
  }
}
