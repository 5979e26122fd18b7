import CZlib
import Foundation
import Vocabulary

/// The text of DOCX and XLSX files: paragraphs, and rows of sheets; no formulas, no drawings.
///
/// Unpacks at most 16 MiB of an entry and 48 MiB of a file, whatever the directory claims.
public enum OfficeText {
    static let mostEntryBytes = 16 << 20
    static let mostSheets = 50

    /// A DOCX is one page; an XLSX has one a sheet.
    /// - Throws: `submit.reading_failed` when the package cannot be read.
    public static func pages(_ bytes: [UInt8], _ type: EvidenceType) throws(Failure) -> [String] {
        guard let directory = ZipDirectory(bytes) else { throw damaged }
        if type == .docx {
            guard let document = unpack("word/document.xml", directory, bytes) else { throw damaged }
            return [paragraphs(document)]
        }
        let shared = unpack("xl/sharedStrings.xml", directory, bytes).map(sharedStrings) ?? []
        let names = directory.entries.map(\.name).filter {
            $0.hasPrefix("xl/worksheets/sheet") && $0.hasSuffix(".xml")
        }
        let ordered = names.sorted { $0.utf8.count == $1.utf8.count ? $0 < $1 : $0.utf8.count < $1.utf8.count }
        let sheets = ordered.prefix(mostSheets).compactMap { unpack($0, directory, bytes) }
        guard !sheets.isEmpty else { throw damaged }
        return sheets.map { rows($0, shared) }
    }

    private static var damaged: Failure { Failure("submit.reading_failed", ["note": "damaged"]) }

    // MARK: - Words

    private static func paragraphs(_ xml: String) -> String {
        var out = ""
        var isText = false
        scan(xml) { tag in
            switch tag {
            case "w:t": isText = true
            case "/w:t": isText = false
            case "/w:p", "w:br", "w:br/": out += "\n"
            case "w:tab", "w:tab/", "/w:tc": out += "\t"
            default: break
            }
        } text: {
            if isText { out += $0 }
        }
        return out
    }

    private static func sharedStrings(_ xml: String) -> [String] {
        var all: [String] = []
        var own = ""
        var isText = false
        scan(xml) { tag in
            switch tag {
            case "si": own = ""
            case "/si": all.append(own)
            case "t": isText = true
            case "/t": isText = false
            default: break
            }
        } text: {
            if isText { own += $0 }
        }
        return all
    }

    private static func rows(_ xml: String, _ shared: [String]) -> String {
        var out = ""
        var isShared = false
        var isValue = false
        scan(xml, attributes: { tag, rest in if tag == "c" { isShared = rest.contains("t=\"s\"") } }) { tag in
            switch tag {
            case "v", "t": isValue = true
            case "/v", "/t": isValue = false
            case "/c": out += "\t"
            case "/row": out += "\n"
            default: break
            }
        } text: {
            guard isValue else { return }
            if isShared, let index = Int($0) {
                out += shared.indices.contains(index) ? shared[index] : ""
            } else {
                out += $0
            }
        }
        return out
    }

    // MARK: - XML

    /// Walks over tags and the texts between them; no entities but the five of XML and numbered ones.
    private static func scan(
        _ xml: String, attributes: (String, Substring) -> Void = { _, _ in }, tag: (String) -> Void,
        text: (String) -> Void
    ) {
        var rest = xml.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            if open > rest.startIndex { text(plain(Substring(rest[..<open]))) }
            guard let close = rest[open...].firstIndex(of: UInt8(ascii: ">")) else { return }
            let inside = Substring(rest[rest.index(after: open)..<close])
            let name = String(inside.prefix { $0 != " " && $0 != "\n" })
            attributes(name, inside.dropFirst(name.count))
            tag(name)
            rest = rest[rest.index(after: close)...]
        }
    }

    private static func plain(_ text: Substring) -> String {
        guard text.utf8.contains(UInt8(ascii: "&")) else { return String(text) }
        let named = text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&apos;", with: "'")
        var out = String(named)
        for match in out.matches(of: /&#(x?[0-9a-fA-F]{1,6});/).reversed() {
            let digits = match.1
            let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            let character = value.flatMap(Unicode.Scalar.init).map { String(Character($0)) } ?? ""
            out.replaceSubrange(match.range, with: character)
        }
        return out.replacing("&amp;", with: "&")
    }

    // MARK: - Unpacking

    private static func unpack(_ name: String, _ directory: ZipDirectory, _ bytes: [UInt8]) -> String? {
        guard let entry = directory.entries.first(where: { $0.name == name }), !entry.isEncrypted else { return nil }
        let head = entry.offset
        guard head >= 0, head + 30 <= bytes.count, bytes[head..<(head + 4)].elementsEqual([0x50, 0x4B, 3, 4]) else {
            return nil
        }
        func short(_ at: Int) -> Int { Int(bytes[at]) | Int(bytes[at + 1]) << 8 }
        let start = head + 30 + short(head + 26) + short(head + 28)
        guard start <= bytes.count, entry.packed >= 0, start + entry.packed <= bytes.count else { return nil }
        let packed = bytes[start..<(start + entry.packed)]
        switch entry.method {
        case 0: return String(decoding: packed.prefix(mostEntryBytes), as: UTF8.self)
        case 8: return inflated(Array(packed)).map { String(decoding: $0, as: UTF8.self) }
        default: return nil
        }
    }

    /// Raw deflate, at most `mostEntryBytes` of it.
    private static func inflated(_ packed: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        var input = packed
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        return input.withUnsafeMutableBufferPointer { source -> [UInt8]? in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            while output.count < mostEntryBytes {
                let (status, made) = piece.withUnsafeMutableBufferPointer { target -> (Int32, Int) in
                    stream.next_out = target.baseAddress
                    stream.avail_out = UInt32(target.count)
                    let status = inflate(&stream, Z_NO_FLUSH)
                    return (status, target.count - Int(stream.avail_out))
                }
                output.append(contentsOf: piece[..<made])
                if status == Z_STREAM_END { return output }
                guard status == Z_OK, made > 0 || stream.avail_in > 0 else { return nil }
            }
            return output
        }
    }
}
