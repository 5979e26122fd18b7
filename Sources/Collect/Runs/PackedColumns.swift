/// The six words of a fact, in the order of sorting.
enum RunColumn: Int, CaseIterable {
    case keyHigh, keyLow, secondHigh, secondLow, a, b
}

/// How a column is stored over a run.
enum ColumnMode: UInt8 {
    /// One value, said once.
    case constant = 0
    /// By block: base and width, each value as its distance from the base.
    case packed = 1
    /// By block: base and width, each value as its distance from the one before.
    case rising = 2
    /// At most 256 different values, listed once; each value as its place in the list.
    case listed = 3
}

/// Facts in blocks, written column by column.
struct PackedWriter {
    /// Facts of a block.
    static let blockLength = 128
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func append(raw: [UInt8]) { bytes += raw }

    /// The bits that a value below or equal to `largest` needs; above 56 it is a whole word, so that a value can always
    /// be read with one load and one shift.
    static func width(of largest: UInt64) -> Int {
        let bits = 64 - largest.leadingZeroBitCount
        return bits > 56 ? 64 : bits
    }

    /// Bytes of so many values of a width.
    static func length(_ count: Int, width: Int) -> Int { (count * width + 7) / 8 }

    /// Values of one width, from the lowest bit on.
    mutating func pack(_ values: UnsafeBufferPointer<UInt64>, width: Int) {
        guard width > 0 else { return }
        let start = bytes.count
        let length = PackedWriter.length(values.count, width: width)
        bytes.append(contentsOf: repeatElement(0, count: length))
        bytes.withUnsafeMutableBytes { buffer in
            var at = start
            if width == 64 {
                for value in values {
                    buffer.storeBytes(of: value.littleEndian, toByteOffset: at, as: UInt64.self)
                    at &+= 8
                }
                return
            }
            var pending: UInt64 = 0
            var filled = 0
            for value in values {
                pending |= value &<< UInt64(filled)
                filled &+= width
                if filled >= 64 {
                    buffer.storeBytes(of: pending.littleEndian, toByteOffset: at, as: UInt64.self)
                    at &+= 8
                    filled &-= 64
                    pending = filled == 0 ? 0 : value &>> UInt64(width &- filled)
                }
            }
            while filled > 0 {
                buffer[at] = UInt8(truncatingIfNeeded: pending)
                at &+= 1
                pending &>>= 8
                filled &-= 8
            }
        }
    }

    /// One block of a packed or rising column.
    mutating func appendBlock(_ values: UnsafeMutableBufferPointer<UInt64>, mode: ColumnMode) {
        guard let first = values.first else { return }
        var base = first
        var largest: UInt64 = 0
        if mode == .rising {
            var before = first
            for index in values.indices {
                let value = values[index]
                values[index] = value &- before
                largest |= values[index]
                before = value
            }
        } else {
            for value in values { base = min(base, value) }
            for index in values.indices {
                values[index] &-= base
                largest |= values[index]
            }
        }
        let width = PackedWriter.width(of: largest)
        bytes.append(UInt8(truncatingIfNeeded: width))
        append(base)
        pack(UnsafeBufferPointer(values), width: width)
    }
}

/// Reads what `PackedWriter` wrote, after its checksum was found right; what is malformed all the same is refused.
struct PackedReader {
    let bytes: UnsafeRawBufferPointer
    var at: Int
    /// One past the last byte of the blocks; at least eight readable bytes follow it.
    let end: Int

    mutating func read<T: FixedWidthInteger>(_: T.Type) -> T? {
        guard at + MemoryLayout<T>.size <= end else { return nil }
        defer { at += MemoryLayout<T>.size }
        return T(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: T.self))
    }

    /// Values of one width into `out`.
    @inline(__always)
    mutating func unpack(_ out: UnsafeMutablePointer<UInt64>, count: Int, width: Int) -> Bool {
        guard width <= 56 || width == 64, let base = bytes.baseAddress else { return false }
        let length = PackedWriter.length(count, width: width)
        guard at + length <= end else { return false }
        let start = base + at
        at += length
        if width == 0 {
            for index in 0..<count { out[index] = 0 }
        } else if width == 64 {
            for index in 0..<count {
                out[index] = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self))
            }
        } else {
            let mask = (1 as UInt64) &<< UInt64(width) &- 1
            var bit = 0
            for index in 0..<count {
                let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self))
                out[index] = word &>> UInt64(bit & 7) & mask
                bit &+= width
            }
        }
        return true
    }

    /// One block of a packed or rising column into `out`.
    @inline(__always)
    mutating func readBlock(_ out: UnsafeMutablePointer<UInt64>, count: Int, mode: ColumnMode) -> Bool {
        guard let width = read(UInt8.self), let base = read(UInt64.self),
            unpack(out, count: count, width: Int(width))
        else { return false }
        if mode == .rising {
            var value = base
            for index in 0..<count {
                value &+= out[index]
                out[index] = value
            }
        } else {
            for index in 0..<count { out[index] &+= base }
        }
        return true
    }
}
