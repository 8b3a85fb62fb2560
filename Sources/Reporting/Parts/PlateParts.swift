import Results
import Screening

/// The report's section of plates for a page.
package enum PlateParts {
  /// Summary, table of figures, legend and the maps of at most so many plates, the worst first.
  package static func section(of report: PlateReport, mostMaps: Int) -> String {
    var out = ByteWriter(capacity: 1 << 16)
    let section = PlateSection(report: report, most: mostMaps, isLive: true)
    // Nothing is flushed, so that nothing can fail.
    do throws(ResultsError) { try section.write(to: &out) { _ throws(ResultsError) in } } catch {}
    return out.string
  }
}
