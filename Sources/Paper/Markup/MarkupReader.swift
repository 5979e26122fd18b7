import Vocabulary

/// Reads XML piece by piece, the part of it that office files use: elements, attributes, text, CDATA.
///
/// A document type is refused, so there are no entities beyond the five named ones and characters by number, and
/// nothing is ever fetched. Names are told without their prefix: `x:row` and `row` are the same to the reader.
struct MarkupReader {
    /// What the next piece is.
    enum Piece: Equatable { case start, end, text, finish }

    private let bytes: [UInt8]
    private var at = 0
    private var open: [String] = []
    private var pendingEnd = false
    private var attributeRange = 0..<0
    /// The element that started or ended last, without prefix.
    private(set) var name = ""
    /// The last text, entities resolved.
    private(set) var text = ""
    /// How many elements are open.
    var depth: Int { open.count }

    private static let deepest = 64

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    }

    /// The next piece; `finish` for ever after the end.
    /// - Throws: `paper.markup_damaged` with the byte where it stopped.
    mutating func next() throws(Failure) -> Piece {
        if pendingEnd {
            pendingEnd = false
            name = open.removeLast()
            return .end
        }
        while at < bytes.count {
            if bytes[at] != UInt8(ascii: "<") {
                if try readText() { return .text }
                continue
            }
            guard at + 1 < bytes.count else { throw damaged() }
            switch bytes[at + 1] {
            case UInt8(ascii: "?"): try skip(past: "?>")
            case UInt8(ascii: "!"):
                if matches("<!--") {
                    try skip(past: "-->")
                } else if matches("<![CDATA[") {
                    let start = at + 9
                    try skip(past: "]]>")
                    text = String(decoding: bytes[start..<at - 3], as: UTF8.self)
                    return .text
                } else {
                    throw damaged()
                }
            case UInt8(ascii: "/"): return try readEnd()
            default: return try readStart()
            }
        }
        guard open.isEmpty else { throw damaged() }
        return .finish
    }

    /// The text of the element that has just started, up to its end, with what is nested in it left out of nothing.
    mutating func wholeText() throws(Failure) -> String {
        let level = depth
        var whole = ""
        while true {
            switch try next() {
            case .text: whole += text
            case .end where depth < level: return whole
            case .finish: throw damaged()
            default: continue
            }
        }
    }

    /// Passes over the element that has just started.
    mutating func skipElement() throws(Failure) {
        let level = depth
        while true {
            switch try next() {
            case .end where depth < level: return
            case .finish: throw damaged()
            default: continue
            }
        }
    }

    /// An attribute of the element that started last, by its name with prefix; nil when it bears none.
    func attribute(_ wanted: StaticString) -> String? {
        let key = wanted.withUTF8Buffer { Array($0) }
        var index = attributeRange.lowerBound
        let end = attributeRange.upperBound
        while index < end {
            while index < end, MarkupReader.isSpace(bytes[index]) { index += 1 }
            let start = index
            while index < end, bytes[index] != UInt8(ascii: "="), !MarkupReader.isSpace(bytes[index]) { index += 1 }
            let found = bytes[start..<index].elementsEqual(key)
            while index < end, bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "'") { index += 1 }
            guard index < end else { return nil }
            let quote = bytes[index]
            let valueStart = index + 1
            index = valueStart
            while index < end, bytes[index] != quote { index += 1 }
            if found { return MarkupText.resolved(bytes[valueStart..<index]) }
            index += 1
        }
        return nil
    }

    private mutating func readText() throws(Failure) -> Bool {
        let start = at
        while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
        if open.isEmpty {
            guard bytes[start..<at].allSatisfy(MarkupReader.isSpace) else { throw damaged() }
            return false
        }
        guard let resolved = MarkupText.resolved(bytes[start..<at]) else { throw damaged() }
        text = resolved
        return true
    }

    private mutating func readStart() throws(Failure) -> Piece {
        let nameStart = at + 1
        var index = nameStart
        while index < bytes.count, !MarkupReader.endsName(bytes[index]) { index += 1 }
        guard index > nameStart else { throw damaged() }
        let local = MarkupReader.local(bytes[nameStart..<index])
        let from = index
        var quote: UInt8 = 0
        while index < bytes.count {
            let byte = bytes[index]
            if quote != 0 {
                if byte == quote { quote = 0 }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                break
            }
            index += 1
        }
        guard index < bytes.count else { throw damaged() }
        pendingEnd = bytes[index - 1] == UInt8(ascii: "/") && index > from
        attributeRange = from..<(pendingEnd ? index - 1 : index)
        at = index + 1
        name = local
        open.append(local)
        guard open.count <= MarkupReader.deepest else { throw damaged() }
        return .start
    }

    private mutating func readEnd() throws(Failure) -> Piece {
        let start = at + 2
        while at < bytes.count, bytes[at] != UInt8(ascii: ">") { at += 1 }
        guard at < bytes.count else { throw damaged() }
        var end = at
        while end > start, MarkupReader.isSpace(bytes[end - 1]) { end -= 1 }
        at += 1
        name = MarkupReader.local(bytes[start..<end])
        guard open.popLast() == name else { throw damaged() }
        return .end
    }

    private func matches(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes.count - at >= $0.count && bytes[at..<at + $0.count].elementsEqual($0) }
    }

    private mutating func skip(past end: StaticString) throws(Failure) {
        while at < bytes.count {
            if matches(end) {
                at += end.utf8CodeUnitCount
                return
            }
            at += 1
        }
        throw damaged()
    }

    private func damaged() -> Failure { Failure("paper.markup_damaged", ["byte": "\(at)"]) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

    private static func endsName(_ byte: UInt8) -> Bool {
        isSpace(byte) || byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/")
    }

    private static func local(_ name: ArraySlice<UInt8>) -> String {
        let from = name.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? name.startIndex
        return String(decoding: name[from...], as: UTF8.self)
    }
}
