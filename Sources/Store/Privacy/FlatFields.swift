import Foundation

/// A JSON object of nothing but texts, as rows of lists are kept: read for every row of lists of many thousands.
enum FlatFields {
    /// - Throws: what the decoder throws for anything that is no such object.
    static func read(_ text: String) throws -> [String: String] {
        var text = text
        if let fields = text.withUTF8({ plain($0) }) { return fields }
        return try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
    }

    /// The fields where no text has an escape and no space stands between the signs, as we write them ourselves; nil
    /// for everything else, which the decoder reads.
    private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> [String: String]? {
        let (quote, escape) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        guard bytes.count >= 2, bytes[0] == UInt8(ascii: "{"), bytes[bytes.count - 1] == UInt8(ascii: "}") else {
            return nil
        }
        if bytes.count == 2 { return [:] }
        var fields: [String: String] = [:]
        fields.reserveCapacity(8)
        var place = 1
        func string() -> String? {
            guard place < bytes.count, bytes[place] == quote else { return nil }
            let start = place + 1
            var end = start
            while end < bytes.count, bytes[end] != quote {
                if bytes[end] == escape || bytes[end] < 0x20 { return nil }
                end += 1
            }
            guard end < bytes.count else { return nil }
            place = end + 1
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }
        while true {
            guard let name = string(), place < bytes.count, bytes[place] == UInt8(ascii: ":") else { return nil }
            place += 1
            guard let value = string(), place < bytes.count else { return nil }
            fields[name] = value
            if place == bytes.count - 1 { return fields }
            guard bytes[place] == UInt8(ascii: ",") else { return nil }
            place += 1
        }
    }
}
