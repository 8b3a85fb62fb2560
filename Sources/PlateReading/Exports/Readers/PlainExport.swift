import Assay

/// A grid or a list that names no reader.
struct PlainExport: ExportDialect {
  let reader = "plate table"

  init() {}
  init?(_ words: ExportWords) {}

  func identify(_ series: FoundBlock.Series, of block: FoundBlock, in context: BlockContext) -> PlateIdentity {
    var identity = common(series, of: block, in: context)
    if identity.barcode == nil {
      identity.barcode = context.value("plate", "platenumber").flatMap { $0.isEmpty ? nil : $0 }
    }
    if let heading = context.headings.last, identity.channel == heading {
      // A heading that names the plate is not the channel.
      if heading.lowercased().hasPrefix("plate") || heading.lowercased().hasPrefix("barcode") {
        identity.barcode = identity.barcode ?? heading
        identity.channel = context.headings.dropLast().last
      }
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
