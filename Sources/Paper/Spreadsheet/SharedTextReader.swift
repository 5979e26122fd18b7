import Vocabulary

/// The texts that cells refer to by number.
enum SharedTextReader {
    static func read(_ bytes: [UInt8]) throws(Failure) -> [String] {
        var reader = MarkupReader(bytes)
        var texts: [String] = []
        while true {
            switch try reader.next() {
            case .start where reader.name == "si": texts.append(try text(&reader))
            case .finish: return texts
            default: continue
            }
        }
    }

    /// The text of the `si` or `is` element that has just started: its runs joined, readings (`rPh`) left out.
    static func text(_ reader: inout MarkupReader) throws(Failure) -> String {
        let level = reader.depth
        var whole = ""
        while true {
            switch try reader.next() {
            case .start where reader.name == "t": whole += try reader.wholeText()
            case .start where reader.name == "rPh": try reader.skipElement()
            case .end where reader.depth < level: return unescaped(whole)
            case .finish: throw Failure("paper.markup_damaged", ["byte": "?"])
            default: continue
            }
        }
    }

    /// Spreadsheets write a character that XML cannot hold as `_x000D_`.
    static func unescaped(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        var out = String.UnicodeScalarView()
        var rest = Substring(text)[...]
        while let scalar = rest.unicodeScalars.first {
            if scalar == "_", rest.utf8.count >= 7 {
                let code = Array(rest.utf8.prefix(7))
                if code[1] == UInt8(ascii: "x"), code[6] == UInt8(ascii: "_"),
                    let value = UInt32(String(decoding: code[2..<6], as: UTF8.self), radix: 16),
                    let found = Unicode.Scalar(value)
                {
                    if found != "\r", found != "\0" { out.append(found) }
                    rest = rest[rest.utf8.index(rest.startIndex, offsetBy: 7)...]
                    continue
                }
            }
            out.append(scalar)
            rest = rest[rest.unicodeScalars.index(after: rest.startIndex)...]
        }
        return String(out)
    }
}

/// The number formats of cell styles, by the number of the style.
enum StyleReader {
    static func read(_ bytes: [UInt8]) throws(Failure) -> [CellFormat] {
        var reader = MarkupReader(bytes)
        var custom: [Int: CellFormat] = [:]
        var styles: [CellFormat] = []
        var inCellStyles = false
        while true {
            switch try reader.next() {
            case .start where reader.name == "numFmt":
                if let number = reader.attribute("numFmtId").flatMap(Int.init) {
                    custom[number] = CellFormat(code: reader.attribute("formatCode") ?? "")
                }
            case .start where reader.name == "cellXfs": inCellStyles = true
            case .end where reader.name == "cellXfs": inCellStyles = false
            case .start where reader.name == "xf" && inCellStyles:
                let number = reader.attribute("numFmtId").flatMap(Int.init) ?? 0
                styles.append(custom[number] ?? CellFormat(builtIn: number))
            case .finish: return styles
            default: continue
            }
        }
    }
}
