import Assay

/// A grid or a list that names no reader.
struct PlainExport: ExportDialect {
  let reader = "plate table"

  init() {}
  init?(_ words: ExportWords) {}

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = common(series, of: block, in: context)
    // A heading or a corner that names the plate is not the channel, whatever else stands beside it.
    let plate = context.headings.last { PlateHeading.namesPlate($0) && !$0.contains(":") }
    let corner = PlateHeading.namesPlate(block.corner) && block.shape == .grid ? block.corner : nil
    identity.barcode = identity.barcode ?? plate ?? corner ?? context.value("plate", "platenumber")
    if let channel = identity.channel, PlateHeading.namesPlate(channel) {
      identity.channel = context.headings.last { !PlateHeading.namesPlate($0) }.map(Self.title)
    }
    // A title stands above the first of several readings alone, and means all of them.
    if identity.channel == nil, let title = context.lastTitle.map(Self.title), !ExportWords.isCalculated(title),
      !ExportWords.isBackground(title), !ExportWords.saysNothing(title)
    {
      identity.channel = title
    }
    return identity
  }
}

extension ExportWords {
  /// The reader whose words these are.
  var dialect: any ExportDialect {
    let known: [any ExportDialect.Type] = [
      SoftMaxExport.self, KaleidoExport.self, EnVisionExport.self, Gen5Export.self, BMGExport.self, TecanExport.self,
      GloMaxExport.self,
    ]
    for kind in known {
      if let dialect = kind.init(self) { return dialect }
    }
    return PlainExport()
  }
}
