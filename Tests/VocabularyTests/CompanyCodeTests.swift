import Foundation
import TestSupport
import Testing
import Vocabulary

@Suite("Unified social credit codes")
struct CompanyCodeTests {
    @Test("Every row of the conformance vectors agrees in both checks")
    func conformance() throws {
        guard let folder = ConformanceFolder("credit-code") else { return }
        let vectors = folder.url.appending(path: "vectors.csv")
        let text = try String(contentsOf: vectors, encoding: .utf8)
        var rows = 0
        for line in text.split(whereSeparator: \.isNewline).dropFirst() {
            let fields = line.split(separator: ",", maxSplits: 3, omittingEmptySubsequences: false)
            let code = fields[0]
            let (whole, organisation) = (fields[1] == "1", fields[2] == "1")
            let check = CompanyCode.check(code)
            #expect(check.satisfiesGB32100 == whole, "\(code)")
            #expect(check.satisfiesGB11714 == organisation, "\(code)")
            #expect((check.code != nil) == (whole && organisation), "\(code)")
            #expect(CompanyCode.isValid(code.utf8) == (whole && organisation), "\(code)")
            #expect(check.faults.isEmpty == (whole && organisation), "\(code)")
            rows += 1
        }
        #expect(rows == 400)
    }

    @Test(
        "The reason is named with its place",
        arguments: [
            ("9132058", [CompanyCodeCheck.Fault.length(7)]),
            ("", [.length(0)]),
            ("93440300A4XLNTWN3O", [.illegalCharacter("O", position: 18)]),
            ("93440300A4XLNTWN3F", [.check(found: "F", expected: "E")]),
            ("362322198709086409", [.organisationCheck(found: "0", expected: "5")]),
            ("934403公0A4XLNTWN3E", [.illegalCharacter("公", position: 7)]),
        ] as [(String, [CompanyCodeCheck.Fault])])
    func reasons(text: String, faults: [CompanyCodeCheck.Fault]) {
        #expect(CompanyCode.check(text).faults == faults)
        #expect(CompanyCode.check(text).code == nil)
        #expect(CompanyCode(text) == nil)
    }

    @Test(
        "Full-width, small letters, spaces and hyphens are forgiven by the check, not by the strict reader",
        arguments: [
            "９３４４０３００Ａ４ＸＬＮＴＷＮ３Ｅ", " 93440300a4xlntwn3e\t", "93440300-A4XLNTWN-3E", "\u{FEFF}93440300A4XLNTWN3E\u{200B}",
        ])
    func forgiven(text: String) {
        #expect(CompanyCode.check(text).code?.text == "93440300A4XLNTWN3E")
        #expect(CompanyCode(text) == nil)
    }

    @Test("A stem of 16 or 17 characters is completed to a code that passes, and no other change of the end passes")
    func completion() throws {
        let code = try #require(CompanyCode.completing("93440300A4XLNTWN"))
        #expect(code.text == "93440300A4XLNTWN3E")
        #expect(CompanyCode.completing("93440300A4XLNTWN3") == code)
        #expect(CompanyCode.completing("93440300A4XLNTWN4") == nil)
        #expect(CompanyCode.completing("93440300O4XLNTWN") == nil)
        #expect(CompanyCode.completing("934403") == nil)
    }

    @Test("A single wrong character never passes")
    func errorsAreCaught() {
        let good = Array("93440300A4XLNTWN3E".utf8)
        for position in 0..<18 {
            for byte in CreditCodeTables.alphabet where byte != good[position] {
                var bad = good
                bad[position] = byte
                #expect(!CompanyCode.isValid(bad))
            }
        }
    }

    @Test("The region and the organisation code are the standard's positions")
    func parts() throws {
        let code = try #require(CompanyCode("93440300A4XLNTWN3E"))
        #expect(code.region == "440300")
        #expect(code.organisationCode == "A4XLNTWN3")
    }

    @Test("A code is written as its text and a bad one is refused when read")
    func coding() throws {
        let code = try #require(CompanyCode("93440300A4XLNTWN3E"))
        let data = try JSONEncoder().encode([code])
        #expect(String(decoding: data, as: UTF8.self) == #"["93440300A4XLNTWN3E"]"#)
        #expect(try JSONDecoder().decode([CompanyCode].self, from: data) == [code])
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([CompanyCode].self, from: Data(#"["93440300A4XLNTWN3F"]"#.utf8))
        }
    }
}
