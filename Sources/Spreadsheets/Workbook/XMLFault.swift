import CExpat

/// What expat found wrong with a text, in words.
enum XMLFault {
  /// The fault at which the parser stopped.
  static func words(_ parser: XML_Parser, in bytes: [UInt8]) -> String {
    let code = XML_GetErrorCode(parser)
    let place = Int(XML_GetCurrentByteIndex(parser))
    if code == XML_ERROR_INVALID_TOKEN, bytes.indices.contains(place) { return unexpected(bytes[place]) }
    switch code {
    case XML_ERROR_NO_ELEMENTS: return "it is empty"
    case XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_UNCLOSED_CDATA_SECTION, XML_ERROR_PARTIAL_CHAR:
      return "it ends in the middle of a tag or a text"
    case XML_ERROR_TAG_MISMATCH: return "an element is closed by another one's end tag"
    case XML_ERROR_DUPLICATE_ATTRIBUTE: return "an element has the same attribute twice"
    case XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING:
      return "it declares an encoding that workbooks do not use, expected UTF-8 or UTF-16"
    case XML_ERROR_UNDEFINED_ENTITY: return "it uses an entity that XML does not define"
    case XML_ERROR_NO_MEMORY: return "too little memory is free"
    default:
      let name = XML_ErrorString(code).map { String(cString: $0) } ?? "no XML"
      return "no valid XML (\(name))"
    }
  }

  /// A byte that cannot stand where it does.
  private static func unexpected(_ byte: UInt8) -> String {
    let hex = String(byte, radix: 16, uppercase: true)
    let shown = "0x" + (hex.count < 2 ? "0" : "") + hex
    if byte >= 0x80 {
      return
        "byte \(shown) is not valid text there, in the encoding that the part states (UTF-8 unless it says otherwise)"
    }
    if byte < 0x20 || byte == 0x7F { return "the control character \(shown) is not allowed in XML" }
    return "“\(Character(UnicodeScalar(byte)))” was read where XML allows none"
  }
}
