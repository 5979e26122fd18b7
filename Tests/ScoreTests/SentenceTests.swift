import Scheme
import Score
import Testing
import Vocabulary
import Wording

@Suite struct SentenceTests {
    @Test("Every sentence and note of every sheet reads whole in both languages", arguments: Language.allCases)
    func wholeSentences(language: Language) throws {
        let scheme = try SharedFiles.scheme("Schemes/jiangsu-2025.yaml")
        let file = ValuesFile(
            reading: try SharedFiles.repository("Tests/Vectors/score/edge-field.csv"), scheme: scheme)
        var units = file.units
        for index in units.indices {
            let level = EvidenceLevel(rawValue: index % 5) ?? .declared
            let evidence = CellEvidence(
                level: level, isRaised: index % 10 == 0, completeness: 0.5 + Double(index % 50) / 100)
            for indicator in scheme.indicators where indicator.mode == .port {
                units[index].evidence[indicator.id] = evidence
            }
            units[index].portScales["devices-connected"] = ExactDecimal(100)
            if index % 7 == 0 { units[index].waiting = ["specialised-new"] }
            units[index].values["mlps-level.report"] = ScoreValue("\(index % 2)")
        }
        let catalogue = Catalogue.of(language)
        var codes: Set<String> = []
        let field = ScoreEngine(scheme: scheme).score(units)
        for line in field.units.flatMap(\.sheet.indicators) {
            for sentence in line.sentences + line.factors.map(\.sentence) {
                codes.insert(sentence.code)
                let text = catalogue.text(sentence.code, sentence.values(in: language))
                #expect(!text.contains("{") && !text.contains("["), "\(sentence.code): \(text)")
            }
            for note in line.notes {
                codes.insert(note.code)
                let text = catalogue.text(note)
                #expect(!text.contains("{") && !text.contains("["), "\(note.code): \(text)")
            }
            #expect(!line.sentences.isEmpty)
        }
        #expect(codes.count > 30, "\(codes.sorted())")
    }

    @Test("Texts stand under the same keys with the same places in both languages")
    func places() {
        func places(_ text: String) -> Set<Substring> {
            Set(text.matches(of: /\{[a-z]+\}/).map(\.output))
        }
        let (zh, en) = (Catalogue.of(.zhHans).texts, Catalogue.of(.en).texts)
        for (key, text) in zh where key.hasPrefix("score.") {
            #expect(places(text) == places(en[key] ?? ""), "\(key)")
        }
    }
}
