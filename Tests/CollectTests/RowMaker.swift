/// Makes rows of the port from a seed: every kind, fields in any order, odd blanks, escapes, unknown fields; and damages
/// them in the ways in which programs and people do.
struct RowMaker {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 | 1 }

    /// Source: G. Marsaglia, "Xorshift RNGs" (2003), with the multiplier of xorshift64*.
    mutating func next(_ below: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int(truncatingIfNeeded: (state &* 0x2545_f491_4f6c_dd1d) >> 33) % below
    }

    mutating func chance(_ one: Int) -> Bool { next(one) == 0 }
    mutating func pick(_ choices: [String]) -> String { choices[next(choices.count)] }

    mutating func lineEnd() -> [UInt8] {
        switch next(12) {
        case 0: return Array("\r\n".utf8)
        case 1: return Array("\n\n".utf8)
        case 2: return Array(" \t\n".utf8)
        default: return [0x0a]
        }
    }

    private mutating func text(_ text: String) -> String {
        switch next(10) {
        case 0: return "\"" + text.unicodeScalars.map { "\\u" + hex($0.value) }.joined() + "\""
        case 1: return "\"\(text)数控\""
        case 2: return #""\#(text)\"\\\/\n\ud83d\ude00""#
        case 3: return "\"\(text)-\(String(repeating: "x", count: next(40)))\""
        default: return "\"\(text)\""
        }
    }

    private func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private mutating func time() -> String {
        switch next(6) {
        case 0: return "\"2025-11-0\(1 + next(9))T0\(next(9)):00:00+08:00\""
        case 1: return "\"2025-10-1\(next(9))T23:59:59.5Z\""
        default: return "\(1_761_926_400 + next(2_592_000))"
        }
    }

    private mutating func amount() -> String {
        switch next(8) {
        case 0: return "0"
        case 1: return "\(next(9)).5"
        case 2: return "1e\(next(4))"
        case 3: return "\(next(1 << 30))\(next(1 << 20))"
        default: return "\(next(500))"
        }
    }

    private mutating func fields(_ kind: String) -> [(String, String)] {
        let id = text("i\(next(50))")
        let change = ("op", pick(["\"add\"", "\"remove\""]))
        let cloud = ("cloud", pick(["\"public\"", "\"private\"", "\"dedicated\"", "null"]))
        switch kind {
        case "device":
            return [
                ("id", id), cloud, ("id_basis", pick(["\"serial\"", "\"imei\"", "\"own\"", "\"resolution\""])),
                ("type", pick(["\"cnc-lathe\"", "\"industrial-robot\""])), ("region", "\"320500\""),
                ("points", amount()), ("n", amount()),
            ]
        case "point":
            return [
                ("device", text("i\(next(50))")), ("id", id), ("n", "\(next(5))"),
                ("form", pick(["\"number\"", "\"state\"", "null"])), ("min", amount()), ("max", "\(next(9_000))"),
                ("distinct", amount()),
            ]
        case "node": return [("id", id), change, ("vcpu", amount()), ("storage_bytes", amount()), cloud]
        case "gauge": return [("metric", pick(["\"vcpu\"", "\"storage_bytes\""])), ("value", amount()), cloud]
        case "model": return [("id", id), change, ("model_kind", "\"simulation\""), ("core", pick(["true", "false"]))]
        case "app": return [("id", id), change, ("title", text("t")), ("industry", "\"x\"")]
        case "user": return [("id", id), change]
        case "developer":
            return [("id", id), change, ("act", pick(["\"build\"", "\"tool-call\"", "\"publication\""]))]
        case "subscription": return [("app", id), ("user", text("u\(next(9))")), change]
        case "call": return [(pick(["app", "model"]), id), ("user", text("u\(next(9))")), ("n", amount())]
        case "company":
            return [("country", "\"DE\""), ("number", id), change, ("paying", pick(["true", "false", "null"]))]
        default:
            return [("period", pick(["\"2025-11\"", "\"2025-11-03\""])), ("values", #"{"a":\#(amount()),"b":1}"#)]
        }
    }

    /// A row that is nearly always taken.
    mutating func row(platform: Bool = false) -> [UInt8] {
        let kind = pick([
            "device", "device", "device", "point", "point", "node", "gauge", "model", "app", "user", "developer",
            "subscription", "call", "call", "company", "summary",
        ])
        var members = fields(kind)
        // Optional ones may be absent; what is needed is mostly among the first two.
        while members.count > 3, chance(2) { members.remove(at: 3 + next(members.count - 3)) }
        if kind != "summary" { members.append(("ts", time())) }
        if platform || chance(4) { members.append(("platform", platform ? "\"P\(next(3))\"" : "\"P1\"")) }
        if chance(8) {
            members.append((pick(["weather", "vcpu", "\\u0078"]), pick(["1", "\"s\"", "[1,{}]", "null"])))
        }
        members.append(("kind", chance(20) ? text(kind) : "\"\(kind)\""))
        if chance(3) { for _ in 0..<3 { members.swapAt(next(members.count), next(members.count)) } }
        let blank = chance(5) ? " " : ""
        let inner = members.map { "\"\($0.0)\"\(blank):\(blank)\($0.1)" }.joined(separator: ",\(blank)")
        return Array("\(blank){\(inner)\(blank)}".utf8)
    }

    /// Changes, drops, doubles or inserts something.
    mutating func damage(_ row: inout [UInt8]) {
        let place = next(row.count)
        switch next(9) {
        case 0: row[place] = UInt8(next(256))
        case 1: row.remove(at: place)
        case 2: row.insert(row[place], at: place)
        case 3: row.removeLast(min(row.count - 1, 1 + next(20)))
        case 4:
            row.insert(
                contentsOf: [[0x0a], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0x5c], [0x22], [0x00]][next(6)], at: place)
        case 5: row += row
        case 6: row.insert(contentsOf: Array(#""id":"again","#.utf8), at: min(row.count, 1))
        case 7: row.replaceSubrange(place..<min(row.count, place + 4), with: Array("null".utf8))
        default: row.replaceSubrange(place..<place, with: Array("0".utf8))
        }
    }
}
