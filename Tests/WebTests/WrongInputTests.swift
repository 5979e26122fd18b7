import Foundation
import Testing
import Vocabulary

/// `WrongInputs.json` beside this file is the table; `RECORD=1` writes it anew, to be read before it is committed.
@Suite("What people see when they hand in something wrong")
struct WrongInputTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "WrongInputs.json")

    private static var isRecording: Bool { ProcessInfo.processInfo.environment["RECORD"] != nil }

    private func table() throws -> [WrongInput.Outcome] {
        try JSONDecoder().decode([WrongInput.Outcome].self, from: Data(contentsOf: Self.file))
    }

    @Test("At least thirty wrong inputs are in the table, each once")
    func thirty() throws {
        #expect(WrongInput.all.count >= 30)
        #expect(Set(WrongInput.all.map(\.what)).count == WrongInput.all.count)
        if !Self.isRecording { #expect(try table().map(\.what) == WrongInput.all.map(\.what)) }
    }

    @Test("Each says what is wrong, in both languages, as the table has it", arguments: WrongInput.all)
    func sentence(_ input: WrongInput) async throws {
        let outcome = try await input.outcome()
        #expect(outcome.status < 500, "\(outcome)")
        #expect(outcome.zh.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(outcome)")
        #expect(!outcome.en.isEmpty && !outcome.code.isEmpty, "\(outcome)")
        for text in [outcome.zh, outcome.en] {
            #expect(!text.contains("{") && !text.hasPrefix("["), "\(outcome)")
        }
        if !Self.isRecording { #expect(try table().first { $0.what == input.what } == outcome) }
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
