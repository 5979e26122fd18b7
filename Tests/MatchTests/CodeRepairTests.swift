import Match
import Testing
import Vocabulary

@Suite("Codes one slip away")
struct CodeRepairTests {
    private let good = "93440300A4XLNTWN3E"

    @Test(
        "The true code is offered first for likely slips",
        arguments: ["9344O300A4XLNTWN3E", "93440300A4XLNTWN3F", "93440300A4XLNTWNN3E", "93440300a4xlntwm3e"])
    func likely(text: String) {
        #expect(CodeRepair.oneSlip(from: text).first?.text == good)
    }

    @Test("Every substitution, swap, insertion and deletion of a true code offers it among the answers")
    func complete() {
        let letters = Array(good)
        for position in letters.indices {
            var changed = letters
            changed.remove(at: position)
            #expect(CodeRepair.oneSlip(from: String(changed)).contains { $0.text == good })
            changed = letters
            changed.insert("Z", at: position)
            #expect(CodeRepair.oneSlip(from: String(changed)).contains { $0.text == good })
            changed = letters
            changed[position] = "?"
            #expect(CodeRepair.oneSlip(from: String(changed)).contains { $0.text == good })
        }
    }

    @Test("Nothing is offered for a valid code or for one further away", arguments: ["93440300A4XLNTWN3E", "", "1234"])
    func none(text: String) {
        #expect(CodeRepair.oneSlip(from: text).isEmpty)
    }

    @Test("Only valid codes of an authority that exists and a region of digits are offered")
    func plausible() {
        for code in CodeRepair.oneSlip(from: "93440300A4XLNTWN3F") {
            #expect(CompanyCode(code.text) != nil)
            #expect(code.region.rawValue.allSatisfy { $0.isNumber })
        }
    }
}
