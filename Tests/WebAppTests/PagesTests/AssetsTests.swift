import Testing

@testable import WebApp

@Test("Every asset and every template is embedded")
func everyAssetIsEmbedded() {
  #expect(Assets.file(named: "app.css") != nil)
}
