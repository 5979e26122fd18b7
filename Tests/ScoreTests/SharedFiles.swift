import Foundation
import Scheme

/// Files of the repository, and those handed to us beside it.
enum SharedFiles {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func repository(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: path)))
    }

    /// The file beside the repository (`../shared/…`); nil, said loudly, where it is not there.
    static func shared(_ path: String) -> [UInt8]? {
        let file = root.deletingLastPathComponent().appending(path: "shared").appending(path: path)
        guard let data = try? Data(contentsOf: file) else {
            print("SKIPPED: \(file.path) is not here, so nothing was compared with it")
            return nil
        }
        return Array(data)
    }

    static func scheme(_ path: String) throws -> IndicatorScheme {
        let (scheme, findings) = SchemeReader.read(bytes: try repository(path))
        guard let scheme else { throw SchemeFault(text: "\(path): \(findings)") }
        return scheme
    }

    struct SchemeFault: Error { let text: String }

    /// Rows of a simple table by column name.
    static func table(_ bytes: [UInt8]) -> [[String: String]] {
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
            $0.split(
                separator: ",", omittingEmptySubsequences: false
            ).map(String.init)
        }
        guard let header = lines.first else { return [] }
        return lines.dropFirst().map { Swift.Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }
}
