import Foundation
import Submit
import Trust
import Vocabulary

/// How the fields of one list row are written: what tells of a person sealed, the rest in clear.
struct SealedFields {
    let seal: DataSeal?

    /// The clear part as JSON, and the sealed part; nil where the row has nothing personal.
    /// - Throws: `privacy.no_key` when something must be sealed and there is no key.
    func write(
        _ fields: [String: String], personal names: Set<String>, cell: CellAddress, version: Int, number: Int
    ) throws -> (clear: String, sealed: Data?) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func json(_ fields: [String: String]) throws -> Data { try encoder.encode(fields) }
        let personal = fields.filter { names.contains($0.key) }
        let clear = fields.filter { !names.contains($0.key) }
        let text = String(decoding: try json(clear), as: UTF8.self)
        guard !personal.isEmpty else { return (text, nil) }
        guard let seal else { throw Failure("privacy.no_key") }
        let place = Self.place(cell, version, number)
        return (text, try seal.seal([UInt8](json(personal)), place: place).data)
    }

    /// The key by which equal rows are found, so that it tells nothing of a person.
    func key(_ key: String, personal names: Set<String>) -> String {
        guard !key.isEmpty, !names.isEmpty, let seal else { return key }
        return seal.keyedDigest(of: key).hex
    }

    /// A key in both forms in which it may be stored.
    func keys(_ key: String) -> [String] { [key] + (seal.map { [$0.keyedDigest(of: key).hex] } ?? []) }

    /// - Throws: `privacy.no_key`, and what `DataSeal.open` throws.
    func read(
        _ clear: String, _ sealed: Data?, cell: CellAddress, version: Int, number: Int
    ) throws -> [String: String] {
        let fields = try FlatFields.read(clear)
        guard let sealed else { return fields }
        guard let seal else { throw Failure("privacy.no_key") }
        let opened = try seal.open([UInt8](sealed), place: Self.place(cell, version, number))
        return fields.merging(try FlatFields.read(String(decoding: opened, as: UTF8.self))) { own, _ in own }
    }

    private static func place(_ cell: CellAddress, _ version: Int, _ number: Int) -> String {
        "item/\(cell.round)/\(cell.platform)/\(cell.indicator)/\(version)/\(number)"
    }
}
