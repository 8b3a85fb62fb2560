import Foundation

/// What a message that speaks to a command's user says to somebody who sees it in the browser: for each option the field
/// that says the same.
enum BrowserWords {
  /// A message in the words of the pages.
  static func of(_ message: String) -> String {
    guard message.contains("--") || message.contains("`isobole") else { return message }
    return phrases.reduce(message) { text, phrase in
      text.replacingOccurrences(of: phrase.pattern, with: phrase.words, options: .regularExpression)
    }
  }

  /// The longer first: what is left of an option after them has its field's name.
  private static let phrases: [(pattern: String, words: String)] = [
    // What a shell needs quotes for.
    ("--columns \"([^\"]+)\"", "--columns $1"),
    (
      "give --replicates pool",
      "choose “replicates” under “The same drugs, doses and sample again are” among the options of the analysis"
    ),
    (
      "give --replicates separate",
      "choose “kept apart” under “The same drugs, doses and sample again are” among the options of the analysis"
    ),
    (
      "--replicates separate keeps",
      "“Kept apart” under “The same drugs, doses and sample again are” among the options of the analysis keeps"
    ),
    ("or the field sample of --corrections", "or “Sample” on the file’s page"),
    ("with --rename-sample '(.*)'", "under “Sample” on its file’s page, as $1"),
    (
      "with --columns, as in --columns response=NAME,conc1=NAME",
      "in the menus of the columns (“Correct how it is read” on the file’s page)"
    ),
    ("[Gg]ive --columns ([a-z0-9]+)=(.+)$", "choose “$1” in the menu of the column $2 on the file’s page"),
    ("give --columns ([a-z0-9]+)=([^ ,;.]+)", "choose “$1” in the menu of the column $2 on the file’s page"),
    ("--columns response=([^ ]+) reads the other", "“response” in the menu of the column $1 reads the other"),
    ("Correct the name in --columns", "Choose the columns again in their menus on the file’s page"),
    ("Correct the name in --sheet", "Correct “Sheet” among the options of the analysis"),
    ("give the layout with --layout", "upload its layout too"),
    ("give it with --layout, and", "upload it beside them, and"),
    ("give it with --layout if it belongs to the screen", "choose “plate layout” under “It is” on its page"),
    ("give it with --layout", "choose “plate layout” under “It is” on its page"),
    ("a layout or a transfer log with --layout", "a layout or a transfer log as it is"),
    ("or name it with --layout", "or choose “plate layout” under “It is” on its page"),
    ("Name the file with --layout", "Upload that file"),
    ("as another --layout", "as another file"),
    ("Specify --response ", "Choose it under “A response is” on the file’s page: "),
    ("give --response ([a-z-]+)", "choose $1 under “A response is” on its page"),
    ("with --response ([a-z-]+)", "with “A response is” $1"),
    ("say it: --decimal point or --decimal comma", "say it under “Decimal mark” among the options of the analysis"),
    ("; --calculated takes it too", ""),
    ("--plate ('[^']*'|\\S+)=NAME, or a --manifest", "“This plate” on its page, or a manifest uploaded beside it"),
    ("--plate ('[^']*'|\\S+)=NAME", "“This plate” on its page"),
    ("with --manifest, a table", "with a manifest uploaded beside them, a table"),
    ("as --rename says", "as was said of it"),
    ("with --rename .*$", "under “Names of drugs” on its file’s page"),
    ("or read with --keep-names to keep them apart", "or “drugs are called as they were read” to keep them apart"),
    ("--keep-names leaves", "“drugs are called as they were read” leaves"),
    (
      "Give --mask-outliers or a --mask file to exclude it",
      "“Exclude detected outliers”, or a table of wells to exclude, does so"
    ),
    ("give --well-volume \\(in µL\\)", "say it under “Volume of a well” among the options of the analysis"),
    ("give --normalise ([a-z]+)", "choose another “Normalisation of plates” ($1)"),
    ("they are for --normalise gr", "they are for growth rates under “Normalisation of plates”"),
    ("give --signal-direction higher, else --signal-direction lower", "choose “Dead cells read” higher"),
    ("give --signal-direction ", "choose “Dead cells read” "),
    ("`isobole read` shows what was measured", "Its page shows what was measured"),
    ("`isobole analyze`", "the analysis"),
    ("[Cc]orrect --time", "correct “Time” among the options of the analysis"),
    ("Say another with --time", "Say another under “Time” among the options of the analysis"),
    ("say what all of them are with --response", "say what all of them are under “A response is”"),
    ("with --columns ([a-z0-9]+)=", "with “$1” in the menu of the column "),
    (": --columns ([a-z0-9]+)=", ": in the menus of the columns, as $1="),
    ("--columns ([a-z0-9]+)=", "“$1” in the menu of the column "),
    ("--columns", "the menus of the columns"),
    (
      "name its plate and well in a --mask table \\(plate,well,reason\\)",
      "name its plate and well in a table of wells to exclude, uploaded beside the exports"
    ),
    (
      "wells in a --mask table \\(plate,well,reason\\)",
      "wells in a table of wells to exclude, uploaded beside the exports"
    ),
    ("--signal-direction", "“Dead cells read”"),
    ("--time", "“Time” among the options of the analysis"),
    ("--sheet", "“Sheet” among the options of the analysis"),
    ("exclude the wells with --exclude-wells", "exclude the wells on the combination’s page"),
    ("--response", "“A response is”"),
    (
      "--replicates( pool)?", "“The same drugs, doses and sample again are” among the options of the analysis"
    ),
    ("--rename-sample", "“Sample” on the file’s page"),
    ("--rename", "“Names of drugs” on the file’s page"),
    ("--solvent-limit", "“Solvent at most” among the options of the analysis"),
    ("--channel", "“Channel” among the options of the analysis"),
    ("--repeat", "“Repeat” among the options of the analysis"),
    ("--manifest", "a manifest uploaded beside it"),
    ("--layout", "a layout"),
  ]
}
