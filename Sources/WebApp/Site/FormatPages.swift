import Foundation
import HTTPTypes
import Hummingbird
import Plates

/// What can be uploaded: the page, its samples, templates and the example screen.
struct FormatPages {
  let services: Services

  func add(to group: RouterGroup<WebContext>) {
    group.get("formats") { _, context in
      SiteRoutes.html(FormatsPage(frame: SiteFrame.of(context, services)).html)
    }
    group.get("formats/:name") { _, context in
      let name = try context.name("name")
      guard let format = FormatCatalogue.all.first(where: { $0.name + ".txt" == name }) else {
        throw APIError.notFound("sample")
      }
      return Self.download(Array(format.sample.utf8), name: name, type: "text/plain; charset=utf-8")
    }
    group.get("templates/:name") { _, context in
      let name = try context.name("name")
      for template in FileTemplate.all {
        if name == template.name + ".csv" {
          return Self.download(Array(template.text.utf8), name: name, type: "text/csv; charset=utf-8")
        }
        if name == template.name + ".xlsx" {
          return Self.download(
            try template.workbook(), name: name,
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        }
      }
      throw APIError.notFound("template")
    }
    group.get("example/:name") { _, context in
      let name = try context.name("name")
      guard name == "simulated-xpo1-screen.csv" else { throw APIError.notFound("example") }
      return Self.download(EmbeddedFiles.bytes(name), name: name, type: "text/csv; charset=utf-8")
    }
  }

  private static func download(_ bytes: [UInt8], name: String, type: String) -> Response {
    var headers = HTTPFields()
    headers[.contentType] = type
    headers[.contentDisposition] = "attachment; filename=\"\(name)\""
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}
