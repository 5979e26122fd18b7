import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Makes of a handed-in list what is frozen for the draw.
struct ListFreezing: Sendable {
    let indicator: Indicator
    let stratification: SampleStratification

    init(indicator: Indicator, scheme: IndicatorScheme, home: RegionCode) {
        self.indicator = indicator
        stratification = SampleStratification(indicator: indicator, scheme: scheme, home: home)
    }

    /// The list with every row's stratum and office, repeated rows and rows with a wrong credit code struck out.
    func frozen(_ list: ItemList) -> FrozenList {
        let keys = indicator.items.filter(\.isKey).map(\.id)
        let codes = indicator.items.filter { $0.kind == .creditCode }.map(\.id)
        var seen: Set<[String]> = []
        var struck: [Int] = []
        var kept: [ItemRow] = []
        var rows: [FrozenList.Row] = []
        kept.reserveCapacity(list.rows.count)
        rows.reserveCapacity(list.rows.count)
        for row in list.rows {
            let isWrong = codes.contains { field in row.fields[field].map { !CompanyCode.isValid($0.utf8) } ?? false }
            let key = keys.map { row.fields[$0] ?? "" }
            if isWrong || (!keys.isEmpty && !seen.insert(key).inserted) {
                struck.append(row.number)
                continue
            }
            kept.append(row)
            let place = stratification.place(row.fields)
            rows.append(FrozenList.Row(number: row.number, stratum: place.stratum, office: place.office))
        }
        return FrozenList(
            cell: list.cell, listVersion: list.version, digest: Self.digest(list.rows), rows: rows, struck: struck,
            figures: ItemTally.values(kept, of: indicator))
    }

    /// SHA-256 over the canonical JSON of all rows, as the entry of the hand-in (`cell.listed`) commits to it.
    static func digest(_ rows: [ItemRow]) -> Digest {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        for (index, row) in rows.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes +=
                CanonicalJSON.object([
                    "fields": .object(row.fields.mapValues { .string($0) }), "number": .number(Double(row.number)),
                ]).bytes
        }
        bytes.append(UInt8(ascii: "]"))
        return Digest.sha256(of: bytes)
    }
}
