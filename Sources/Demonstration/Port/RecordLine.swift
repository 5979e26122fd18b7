/// Writes one record after another as NDJSON into one growing buffer.
struct RecordLine {
    private(set) var bytes: [UInt8] = []
    private(set) var rows = 0

    /// Named in every record of a file; a push needs no name, the key knows it.
    private let platform: String?

    init(reserving capacity: Int, platform: String? = nil) {
        self.platform = platform
        bytes.reserveCapacity(capacity)
    }

    mutating func begin(_ kind: StaticString) {
        text("{\"kind\":\"")
        text(kind)
        text("\"")
        if let platform { field("platform", platform) }
    }

    mutating func end() {
        text("}\n")
        rows += 1
    }

    mutating func field(_ name: StaticString, _ value: Int) {
        key(name)
        number(value)
    }

    /// The value must need no escaping.
    mutating func field(_ name: StaticString, _ value: String) {
        key(name)
        text("\"")
        bytes.append(contentsOf: value.utf8)
        text("\"")
    }

    mutating func field(_ name: StaticString, literal value: StaticString) {
        key(name)
        text("\"")
        text(value)
        text("\"")
    }

    /// 32 hexadecimal digits that belong to a person's number under the platform's own secret.
    mutating func field(_ name: StaticString, keyed number: UInt64, secret: UInt64) {
        key(name)
        text("\"")
        hexadecimal(Mixing.hash(secret, number))
        hexadecimal(Mixing.hash(secret ^ 0x5851_F42D_4C95_7F2D, number))
        text("\"")
    }

    /// A prefix and a number, as in `HL-CNC-0012345`.
    mutating func field(_ name: StaticString, prefix: String, _ value: Int, digits: Int) {
        key(name)
        text("\"")
        bytes.append(contentsOf: prefix.utf8)
        number(value, digits: digits)
        text("\"")
    }

    /// `name` with an object of whole numbers, in the given order.
    mutating func field(_ name: StaticString, object values: [(String, String)]) {
        key(name)
        text("{")
        for (index, (id, value)) in values.enumerated() {
            text(index == 0 ? "\"" : ",\"")
            bytes.append(contentsOf: id.utf8)
            text("\":")
            bytes.append(contentsOf: value.utf8)
        }
        text("}")
    }

    private mutating func key(_ name: StaticString) {
        text(",\"")
        text(name)
        text("\":")
    }

    private mutating func text(_ value: StaticString) {
        value.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    private mutating func number(_ value: Int, digits: Int = 1) {
        var rest = value.magnitude
        var count = 0
        let start = bytes.count
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let first = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
            count += 1
        } while rest > 0 || count < digits
        bytes[first...].reverse()
        assert(bytes.count > start)
    }

    private mutating func hexadecimal(_ value: UInt64) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
