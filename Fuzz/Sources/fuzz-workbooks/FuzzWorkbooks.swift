import ReaderChecks

/// libFuzzer's entry: a workbook as `WorkbookMutator` leaves it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzWorkbooks(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  ReaderChecks.read(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

/// libFuzzer's own mutation of some bytes; answers their new number.
@_silgen_name("LLVMFuzzerMutate")
func fuzzerMutate(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int) -> Int

/// libFuzzer's way to the next input: takes the workbook apart, changes what is inside, puts it together again. A
/// change of the archive's own bytes would be noticed by its check sums and never reach the XML.
@_cdecl("LLVMFuzzerCustomMutator")
public func mutateWorkbook(_ bytes: UnsafeMutablePointer<UInt8>, _ count: Int, _ most: Int, _ seed: UInt32) -> Int {
  var random = Random(state: UInt64(seed))
  let input = Array(UnsafeBufferPointer(start: bytes, count: count))
  // Now and then the archive itself.
  guard let parts = StoredZip.parts(of: input), random.below(20) > 0 else { return fuzzerMutate(bytes, count, most) }
  var mutator = WorkbookMutator(parts: parts, random: random) { part in
    let room = part.count + 64
    return [UInt8](unsafeUninitializedCapacity: room) { buffer, used in
      for (place, byte) in part.enumerated() { buffer[place] = byte }
      if let start = buffer.baseAddress { used = fuzzerMutate(start, part.count, room) }
    }
  }
  mutator.mutate()
  let output = StoredZip.archive(mutator.parts)
  guard output.count <= most else { return fuzzerMutate(bytes, count, most) }
  for (place, byte) in output.enumerated() { bytes[place] = byte }
  return output.count
}
