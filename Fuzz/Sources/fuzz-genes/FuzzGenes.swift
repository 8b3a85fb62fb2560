import ReaderChecks

/// libFuzzer's entry: any bytes as counts of guides and what belongs to them.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGenes(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  GeneChecks.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
