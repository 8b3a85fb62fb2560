import Compounds
import Screening
import Synergy

/// The report's page of a combination in pieces, for a page that puts its own between them.
package struct CombinationParts {
  private let section: BlockSection

  /// The pieces of a block's page.
  ///
  /// - Parameters:
  ///   - analysis: What was computed of the block.
  ///   - summary: Its row of the ranking, judged.
  ///   - rank: Its rank.
  ///   - source: The run that it belongs to.
  package init(analysis: BlockAnalysis, summary: BlockSummary, rank: Int, of source: ReportSource) {
    section = BlockSection(
      analysis: analysis, summary: summary, rank: rank, knowledge: source.compounds.knowledge(of: summary.drugs),
      inference: source.options.synergy.inference,
      wells: BlockWells(
        of: summary.id, drugs: summary.drugs, sample: summary.sample, in: source.plates, compounds: source.compounds))
  }

  /// The call in a sentence; the block's name, doses and wells.
  package var sentence: String { text { section.sentence(to: &$0) } }
  /// The numbers a meeting asks for first, notes, wells that the plates' quality left out.
  package var facts: String { text { section.facts(to: &$0) } }
  /// Maps that tell their boxes to the page's script, contours, and the data of the surface.
  package var maps: String { text { BlockMaps(analysis: section.analysis, isLive: true).write(to: &$0) } }
  /// What is known of the pair, and the curves.
  package var background: String { text { section.background(to: &$0) } }

  /// The response's map alone and each model's, in the run's order: a name and the drawing.
  package var figures: [(name: String, map: String)] {
    let analysis = section.analysis
    guard MatrixSlice.canDraw(analysis.matrix), let slice = MatrixSlice.shown(of: analysis.matrix).last else {
      return []
    }
    let response = slice.responseMap()
    return [("Response, % inhibition", figure(response, slice.responseCells(response)))]
      + analysis.models.map { score in
        let map = slice.synergyMap(score)
        return (
          "\(score.model.name), points",
          figure(map, slice.synergyCells(map, score, analysis.inference(of: score.model)))
        )
      }
  }

  private func figure(_ map: Heatmap, _ cells: MapCells) -> String {
    text { out in
      out.text("<figure")
      cells.write(to: &out)
      out.text(">")
      out.chart { map.draw(on: &$0) }
      out.text("</figure>")
    }
  }

  private func text(_ write: (inout ByteWriter) -> Void) -> String {
    var out = ByteWriter(capacity: 16_000)
    write(&out)
    return out.string
  }
}
