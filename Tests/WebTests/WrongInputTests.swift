import Foundation
import Testing
import Vocabulary

/// `WrongInputs.json` beside this file is the table of what is said; `RECORD=1` writes it anew, to be read before it is
/// committed. While it is absent the sentences are checked for their form only, and the test says so.
@Suite("What people see when they hand in something wrong")
struct WrongInputTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "WrongInputs.json")

    private static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD"] != nil }

    private func table() throws -> [WrongInput.Outcome]? {
        guard !Self.isRecording else { return nil }
        guard FileManager.default.fileExists(atPath: Self.file.path()) else {
            print("NOT RECORDED: WrongInputs.json is absent; run this suite with RECORD=1, read the table, commit it")
            return nil
        }
        return try JSONDecoder().decode([WrongInput.Outcome].self, from: Data(contentsOf: Self.file))
    }

    @Test("At least thirty wrong inputs are in the table, each once")
    func thirty() throws {
        #expect(WrongInput.all.count >= 30)
        #expect(Set(WrongInput.all.map(\.what)).count == WrongInput.all.count)
        if let table = try table() { #expect(table.map(\.what) == WrongInput.all.map(\.what)) }
    }

    @Test("Each says what is wrong, in both languages, as the table has it", arguments: WrongInput.all)
    func sentence(_ input: WrongInput) async throws {
        let outcome = try await input.outcome()
        #expect(outcome.status < 500, "\(outcome)")
        #expect(outcome.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(outcome)")
        #expect(!outcome.en.isEmpty && !outcome.code.isEmpty, "\(outcome)")
        for text in [outcome.zh, outcome.en] {
            #expect(!text.contains(/\{[a-zA-Z]+\}/) && !text.hasPrefix("["), "\(outcome)")
        }
        if let table = try table() { #expect(table.first { $0.what == input.what } == outcome) }
    }

    @Test("The table is written when it is asked for", .enabled(if: WrongInputTests.isRecording))
    func record() async throws {
        var outcomes: [WrongInput.Outcome] = []
        for input in WrongInput.all { outcomes.append(try await input.outcome()) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try (encoder.encode(outcomes) + Data("\n".utf8)).write(to: Self.file)
    }
}
