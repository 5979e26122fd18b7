import Foundation
import Scheme
import Trust
import Vocabulary

/// Schemes as YAML files in a folder; every version that was ever read is kept by its digest in the data folder, so
/// that an old round stays reproducible after its file was edited.
public actor SchemeFolder: SchemeLibrary {
    private let folder: String
    private let archive: String
    private var byDigest: [Digest: IndicatorScheme] = [:]
    private var newest: [SchemeID: IndicatorScheme] = [:]

    /// - Parameters:
    ///   - folder: where people put `*.yaml`.
    ///   - archive: where read versions are kept as `DIGEST.yaml`.
    /// - Throws: `scheme.file_invalid` with all findings of the first faulty file; `scheme.none` without any.
    public init(folder: String, archive: String) throws {
        self.folder = folder
        self.archive = archive
        try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() where name.hasSuffix(".yaml") {
            let bytes = [UInt8](FileManager.default.contents(atPath: folder + "/" + name) ?? Data())
            let scheme = try Self.read(bytes, name)
            byDigest[scheme.digest] = scheme
            newest[scheme.id] = scheme
            let kept = archive + "/\(scheme.digest).yaml"
            if !FileManager.default.fileExists(atPath: kept) {
                try Data(bytes).write(to: URL(fileURLWithPath: kept), options: .atomic)
            }
        }
        if newest.isEmpty { throw Failure("scheme.none", ["folder": folder]) }
    }

    public func schemes() -> [IndicatorScheme] { newest.values.sorted { $0.id < $1.id } }
    public func scheme(_ id: SchemeID) -> IndicatorScheme? { newest[id] }

    public func scheme(digest: Digest) throws -> IndicatorScheme? {
        if let known = byDigest[digest] { return known }
        guard let bytes = file(digest: digest) else { return nil }
        let scheme = try Self.read(bytes, "\(digest).yaml")
        byDigest[digest] = scheme
        return scheme
    }

    public func file(digest: Digest) -> [UInt8]? {
        guard let data = FileManager.default.contents(atPath: archive + "/\(digest).yaml") else { return nil }
        let bytes = [UInt8](data)
        return Digest.sha256(of: bytes) == digest ? bytes : nil
    }

    private static func read(_ bytes: [UInt8], _ name: String) throws -> IndicatorScheme {
        let reading = SchemeReader.read(bytes: bytes)
        guard let scheme = reading.scheme, !reading.findings.contains(where: { $0.severity == .error }) else {
            throw Failure("scheme.file_invalid", ["file": name], findings: reading.findings)
        }
        return scheme
    }
}
