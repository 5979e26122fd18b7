import Demonstration
import Foundation
import Scheme
import Testing
import Vocabulary

/// The field of the committed scheme, made once for all tests.
enum FieldFixture {
    static let scheme: IndicatorScheme? = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        guard let data = try? Data(contentsOf: root.appending(path: "Schemes/jiangsu-2025.yaml")) else { return nil }
        return SchemeReader.read(bytes: Array(data)).scheme
    }()

    static let forty: DemonstrationField? = try? make(40, 2025)

    static func make(_ platforms: Int, _ seed: UInt64) throws -> DemonstrationField {
        try DemonstrationField.make(platforms: platforms, seed: seed, scheme: try #require(scheme))
    }

    /// FNV-1a over everything that a field brings forth; 64 bits are enough to see a difference.
    static func fingerprint(of field: DemonstrationField) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        func take(_ bytes: some Sequence<UInt8>) {
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        }
        for platform in field.platforms {
            take("\(platform.id)|\(platform.name)|\(platform.operator)|\(platform.type)|\(platform.figures)".utf8)
            let traffic = field.traffic(of: platform)
            for batch in traffic.batches { take(batch.body) }
            for snapshot in traffic.snapshots { for batch in snapshot.batches { take(batch.body) } }
            for cell in field.cells(of: platform) {
                for (id, value) in cell.declared.sorted(by: { $0.key < $1.key }) { take("\(id)=\(value)".utf8) }
                take((cell.items?.table ?? "").utf8)
                for document in cell.evidence { take(document.bytes) }
                for (id, value) in cell.judgement.verified.sorted(by: { $0.key < $1.key }) {
                    take("\(id)=\(value)".utf8)
                }
            }
            for mark in field.marks(of: platform) { take("\(mark)".utf8) }
        }
        for list in field.officialLists { take(list.table.utf8) }
        take(field.registryTable.utf8)
        return hash
    }
}
