/// Writes length-delimited messages of `heng.port.v1.Record` as the NDJSON lines that say the same, so that one reader
/// judges both forms by the same rules. A message is a line, also one that cannot be read.
///
/// Nothing is allocated for a message without fractions: its bytes go from the given buffer to the given buffer.
public struct ProtobufRows: Sendable {
    /// Longer messages are passed over, and are malformed rows.
    public static let longestMessage = 32 * 1024
    /// So much room a message may need as a line: two bytes become at most 22, of a kind's name.
    public static let room = 12 * longestMessage

    /// Bytes of a message too long that are still to come.
    private var skipping = 0

    public init() {}

    /// Writes lines while whole messages are left and the output has room for the longest one.
    /// - Parameter isLast: nothing follows the input, so that what is not a whole message is a malformed row.
    /// - Returns: the bytes used and written.
    public mutating func write(
        _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>, isLast: Bool
    ) -> (used: Int, written: Int) {
        var line = ProtobufLine(output)
        var used = 0
        while used < input.count, output.count - line.count >= ProtobufRows.room {
            if skipping > 0 {
                let passed = min(skipping, input.count - used)
                skipping -= passed
                used += passed
                continue
            }
            var wire = ProtobufWire(UnsafeBufferPointer(rebasing: input[used...]))
            guard let length = wire.varint() else {
                // Ten bytes are always enough for a length.
                guard isLast || input.count - used >= 10 else { break }
                line.malformed()
                return (input.count, line.count)
            }
            if length > UInt64(ProtobufRows.longestMessage) {
                line.malformed()
                skipping = Int(min(length, UInt64(Int.max)))
                used += wire.at
                continue
            }
            guard Int(length) <= input.count - used - wire.at else {
                guard isLast else { break }
                line.malformed()
                return (input.count, line.count)
            }
            let start = used + wire.at
            used = start + Int(length)
            line.message(UnsafeBufferPointer(rebasing: input[start..<used]))
        }
        return (used, line.count)
    }

    /// All lines of a whole body.
    /// - Throws: `collect.batch_too_large` when they are longer than the limit.
    static func lines(_ body: [UInt8], limit: Int) throws -> [UInt8] {
        var rows = ProtobufRows()
        var out: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4 * room)
        var at = 0
        while at < body.count {
            let done = body.withUnsafeBufferPointer { body in
                piece.withUnsafeMutableBufferPointer {
                    rows.write(UnsafeBufferPointer(rebasing: body[at...]), into: $0, isLast: true)
                }
            }
            at += done.used
            guard out.count + done.written <= limit else { throw ContentDecoder.tooLarge(limit) }
            out.append(contentsOf: piece[..<done.written])
        }
        return out
    }
}

/// Reads the parts of a message.
struct ProtobufWire {
    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var at = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { at >= bytes.count }

    /// Nil when it is cut short or longer than 64 bits.
    mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while at < bytes.count, shift < 64 {
            let byte = bytes[at]
            at += 1
            if shift == 63, byte > 1 { return nil }
            value |= UInt64(byte & 0x7f) &<< shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }

    mutating func fixed(_ count: Int) -> UInt64? {
        guard bytes.count - at >= count else { return nil }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[at + index]) << UInt64(index * 8) }
        at += count
        return value
    }

    mutating func delimited() -> UnsafeBufferPointer<UInt8>? {
        guard let length = varint(), length <= UInt64(bytes.count - at) else { return nil }
        defer { at += Int(length) }
        return UnsafeBufferPointer(rebasing: bytes[at..<(at + Int(length))])
    }

    /// Passes over a field's value; false for wire types that proto3 does not have.
    mutating func skip(_ wireType: UInt64) -> Bool {
        switch wireType {
        case 0: return varint() != nil
        case 1: return fixed(8) != nil
        case 2: return delimited() != nil
        case 5: return fixed(4) != nil
        default: return false
        }
    }
}
