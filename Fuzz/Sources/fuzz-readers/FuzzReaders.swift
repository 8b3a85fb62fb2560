import ReaderChecks

/// libFuzzer's entry: any bytes.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReaders(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  ReaderChecks.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
