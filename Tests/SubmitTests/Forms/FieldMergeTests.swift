import Foundation
import Submit
import Testing
import Vocabulary

@Suite("Merging what two people type into one form")
struct FieldMergeTests {
    private let cell = CellAddress(round: "r1", platform: "p1", indicator: "a")

    /// A generator whose numbers follow from its seed (SplitMix64).
    private struct Seeded: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    /// One person at the form: what they believe the fields to be, and what they have sent.
    private struct Editor {
        let name: AccountID
        let fields: [String]
        var bases: [String: Int] = [:]
        var texts: [String: String] = [:]
        var count = 0

        mutating func type(_ text: String, in field: String) -> FieldEdit {
            count += 1
            texts[field] = text
            return FieldEdit(figure: field, text: text, base: bases[field] ?? 0, id: "\(name)-\(count)")
        }

        mutating func hear(_ merge: FieldMerge) {
            for field in fields { bases[field] = merge.fields[field]?.version ?? 0 }
        }
    }

    private func merge(_ edits: [FieldEdit], _ book: inout Book, by: AccountID) -> FieldMerge {
        let merge = FieldMerge(
            edits, into: book.fields, known: book.known, cell: cell, by: by, at: Instant(seconds: 1))
        book.fields = merge.fields
        for result in merge.results where result.fate == .applied { book.known.insert(result.edit.id) }
        return merge
    }

    private struct Book {
        var fields: [String: DraftField] = [:]
        var known: Set<String> = []
    }

    @Test(
        "Two people in different fields: every interleaving, with answers lost and edits sent twice, ends in the union",
        arguments: 0..<200)
    func union(_ seed: Int) {
        var random = Seeded(state: UInt64(seed))
        var book = Book()
        var editors = [
            Editor(name: "li", fields: ["a", "b", "c"]), Editor(name: "wang", fields: ["x", "y"]),
        ]
        var unheard: [[FieldEdit]] = [[], []]
        for step in 0..<60 {
            let who = Int.random(in: 0...1, using: &random)
            var sent = unheard[who]
            if sent.isEmpty {
                let field = editors[who].fields.randomElement(using: &random) ?? "a"
                sent = [editors[who].type("\(step)", in: field)]
            }
            let merged = merge(sent, &book, by: editors[who].name)
            #expect(merged.results.allSatisfy { $0.fate != .conflict })
            // The answer may be lost; the same edits are then sent again.
            if Bool.random(using: &random) {
                unheard[who] = sent
            } else {
                unheard[who] = []
                editors[who].hear(merged)
            }
        }
        for editor in editors {
            for (field, text) in editor.texts { #expect(book.fields[field]?.text == text, "\(field) at seed \(seed)") }
        }
    }

    @Test(
        "Two people in the same field: nothing is overwritten unseen, and each text is kept or told", arguments: 0..<200
    )
    func conflict(_ seed: Int) {
        var random = Seeded(state: UInt64(seed) &+ 1000)
        var book = Book()
        var editors = [Editor(name: "li", fields: ["a"]), Editor(name: "wang", fields: ["a"])]
        for step in 0..<40 {
            let who = Int.random(in: 0...1, using: &random)
            let before = book.fields["a"]
            let saw = editors[who].bases["a"] ?? 0
            let edit = editors[who].type("\(step)", in: "a")
            let merged = merge([edit], &book, by: editors[who].name)
            let fate = merged.results.first?.fate
            if saw == before?.version ?? 0 {
                #expect(fate == .applied && book.fields["a"]?.text == "\(step)")
            } else {
                #expect(fate == .conflict && book.fields["a"] == before)
            }
            if Bool.random(using: &random) { editors[who].hear(merged) }
        }
    }

    @Test("An edit whose answer was lost and that a colleague has since overwritten does not come back")
    func late() {
        var book = Book()
        let mine = FieldEdit(figure: "a", text: "6", base: 0, id: "mine")
        _ = merge([mine], &book, by: "li")
        _ = merge([FieldEdit(figure: "a", text: "5", base: 1, id: "theirs")], &book, by: "wang")
        let again = merge([mine], &book, by: "li")
        #expect(again.results.first?.fate == .repeated)
        #expect(book.fields["a"]?.text == "5" && again.changed.isEmpty)
    }

    @Test("Two people who type the same agree; who confirms what was copied leaves its origin")
    func agree() {
        var book = Book()
        let copied = FieldEdit(figure: "a", text: "7", base: 0, id: "c", origin: .copied, source: "r0")
        _ = merge([copied], &book, by: "li")
        #expect(book.fields["a"]?.isConfirmed == false)
        let confirm = merge([FieldEdit(figure: "a", text: "7", base: 1, id: "ok")], &book, by: "li")
        #expect(confirm.results.first?.fate == .applied)
        #expect(book.fields["a"]?.origin == .copied && book.fields["a"]?.isConfirmed == true)
        let same = merge([FieldEdit(figure: "a", text: "7", base: 1, id: "w")], &book, by: "wang")
        #expect(same.results.first?.fate == .repeated)
    }
}
