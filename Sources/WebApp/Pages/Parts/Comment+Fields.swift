extension Comment {
  /// For the templates.
  var fields: Fields { ["text": text, "by": by.isEmpty ? false : by as Any, "at": Words.time(at)] }
}
