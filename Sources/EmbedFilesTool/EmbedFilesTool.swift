import Foundation

/// `EmbedFilesTool FILE OUT`: writes a Swift file that holds the bytes of a UTF-8 text; `EmbedFilesTool OUT`: the
/// namespace that they stand in. Run by the build, never by people.
@main
enum EmbedFilesTool {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst().map { URL(filePath: $0) }
        switch arguments.count {
        case 1:
            try write("/// Files of the module, embedded by the build.\nenum PackageResources {}\n", to: arguments[0])
        case 2:
            guard let text = String(data: try Data(contentsOf: arguments[0]), encoding: .utf8) else {
                throw CocoaError(.fileReadInapplicableStringEncoding)
            }
            let name = identifier(arguments[0].lastPathComponent)
            try write(
                "extension PackageResources {\n    static let \(name): [UInt8] = Array(\(literal(text)).utf8)\n}\n",
                to: arguments[1])
        default: throw CocoaError(.fileNoSuchFile)
        }
    }

    private static func write(_ text: String, to file: URL) throws {
        try Data(text.utf8).write(to: file, options: .atomic)
    }

    /// `zh-Hans.web.json` → `zh_Hans_web_json`.
    private static func identifier(_ name: String) -> String {
        String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }

    private static func literal(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case _
            where scalar.value < 32 || (127..<160).contains(scalar.value) || scalar.properties.isBidiControl
                || scalar == "\u{FEFF}" || scalar == "\u{2028}" || scalar == "\u{2029}":
                out += "\\u{\(String(scalar.value, radix: 16))}"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
