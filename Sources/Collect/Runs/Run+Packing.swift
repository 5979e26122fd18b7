import Vocabulary

extension Run {
    /// The version whose facts are packed column by column.
    static let packedVersion: UInt8 = 2
    static let packedHeaderLength = 28
    /// So many different values of a word are listed once.
    static let longestList = 256

    /// The run as bytes: header, blocks of 128 facts packed by base and width, checksum. Format: `docs/run-format.md`.
    public func encoded() -> [UInt8] {
        let layout = entries.withUnsafeBufferPointer { ColumnLayout($0) }
        var writer = PackedWriter(capacity: Run.packedHeaderLength + entries.count * 20 + 64)
        writer.append(Run.magic)
        writer.append(Run.packedVersion)
        writer.append(kind.rawValue)
        writer.append(0 as UInt16)
        writer.append(Int32(truncatingIfNeeded: day))
        writer.append(UInt32(truncatingIfNeeded: rows))
        writer.append(UInt32(truncatingIfNeeded: entries.count))
        for mode in layout.modes { writer.append(mode.rawValue) }
        writer.append(UInt16(layout.list.count))
        for column in RunColumn.allCases where layout.modes[column.rawValue] == .constant {
            writer.append(layout.constants[column.rawValue])
        }
        for value in layout.list { writer.append(value) }
        entries.withUnsafeBufferPointer { Run.appendBlocks($0, layout, to: &writer) }
        writer.append(XXHash64.hash(writer.bytes))
        return writer.bytes
    }

    private static func appendBlocks(
        _ entries: UnsafeBufferPointer<RunEntry>, _ layout: ColumnLayout, to writer: inout PackedWriter
    ) {
        let listWidth = PackedWriter.width(of: UInt64(max(0, layout.list.count - 1)))
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: PackedWriter.blockLength) { block in
            for start in stride(from: 0, to: entries.count, by: PackedWriter.blockLength) {
                let facts = UnsafeBufferPointer(
                    rebasing: entries[start..<min(start + PackedWriter.blockLength, entries.count)])
                let words = UnsafeMutableBufferPointer(rebasing: block[..<facts.count])
                for column in RunColumn.allCases {
                    let mode = layout.modes[column.rawValue]
                    if mode == .constant { continue }
                    if mode == .listed {
                        for index in words.indices { words[index] = UInt64(layout.places[start + index]) }
                        writer.pack(UnsafeBufferPointer(words), width: listWidth)
                    } else {
                        ColumnLayout.read(column, of: facts, into: words)
                        writer.appendBlock(words, mode: mode)
                    }
                }
            }
        }
    }

    /// Judges an encoded run without unpacking it.
    /// - Throws: `collect.run_damaged` with the reason.
    public static func check(_ bytes: [UInt8]) throws(Failure) {
        if bytes.count > 4, bytes[4] == Run.version {
            _ = try Run(plain: bytes)
        } else {
            _ = try RunCursor(bytes)
        }
    }

    /// Reads what `encoded` wrote, in this version or the one before.
    /// - Throws: `collect.run_damaged` with the reason: not a run, another version, cut short, wrong checksum.
    public init(encoded bytes: [UInt8]) throws(Failure) {
        if bytes.count > 4, bytes[4] == Run.version {
            try self.init(plain: bytes)
            return
        }
        let cursor = try RunCursor(bytes)
        var entries: [RunEntry] = []
        entries.reserveCapacity(min(cursor.count, bytes.count * 128))
        while true {
            let count = try cursor.next()
            if count == 0 { break }
            for index in 0..<count { entries.append(cursor.entry(index)) }
        }
        self.init(kind: cursor.kind, day: cursor.day, entries: entries, rows: cursor.rows)
    }
}
