/// The shape of a row that was read before: its fixed bytes, and what stands between them.
///
/// A row fits when all fixed bytes are the same (names, punctuation, blanks, the kind, nulls, truth values, the line
/// feed) and each value is a string or a number by the same rules as everywhere. Nothing is taken on trust: what does
/// not fit is read by the scanner.
struct RowTemplate {
    /// What follows a piece of fixed bytes.
    enum Value: UInt8 {
        case string, number, yes, no, end
    }

    struct Step {
        var value: Value
        /// Where the value's token goes.
        var place: UInt8
        /// Of the fixed bytes before the value: in vectors of sixteen, and in bytes.
        var vectors: UInt16
        var length: UInt16
    }

    static let mostSteps = 40
    /// Pairs of a vector and the mask of its bytes that count.
    static let mostVectors = 96

    var kind = RecordKind.device
    /// The fields with a value other than null.
    var seen: UInt64 = 0
    let steps: UnsafeMutablePointer<Step>
    let vectors: UnsafeMutablePointer<SIMD2<UInt64>>

    init() {
        steps = .allocate(capacity: RowTemplate.mostSteps)
        steps.initialize(repeating: Step(value: .end, place: 0, vectors: 0, length: 0), count: RowTemplate.mostSteps)
        vectors = .allocate(capacity: RowTemplate.mostVectors * 2)
        vectors.initialize(repeating: .zero, count: RowTemplate.mostVectors * 2)
    }

    func deallocate() {
        steps.deallocate()
        vectors.deallocate()
    }
}

/// The templates of the shapes seen lately.
struct TemplateShelf: ~Copyable {
    static let size = 8

    private(set) var count = 0
    /// The one that fitted last.
    var latest = 0
    private var oldest = 0
    /// Rows that fitted none, and how many of them pass before another is learned: shapes that never come again are
    /// not worth learning.
    private var misses = 0
    private var patience = 0
    /// One more than the shelf holds: the place where a new one is written.
    private let templates: UnsafeMutablePointer<RowTemplate>

    init() {
        templates = .allocate(capacity: TemplateShelf.size + 1)
        for index in 0...TemplateShelf.size { (templates + index).initialize(to: RowTemplate()) }
    }

    deinit {
        for index in 0...TemplateShelf.size { templates[index].deallocate() }
        templates.deallocate()
    }

    @inline(__always)
    subscript(_ index: Int) -> RowTemplate { templates[index] }

    /// Whether the row that fitted none should be learned.
    mutating func wantsToLearn() -> Bool {
        misses += 1
        guard misses > patience else { return false }
        misses = 0
        return true
    }

    /// Keeps the shape of the line that the scanner has read, in place of the oldest when the shelf is full.
    mutating func learn(from scanner: inout RecordScanner, kind: RecordKind) {
        guard TemplateMaker.make(&scanner, kind: kind, into: &templates[TemplateShelf.size]) else { return }
        let index = count < TemplateShelf.size ? count : oldest
        let former = templates[index]
        templates[index] = templates[TemplateShelf.size]
        templates[TemplateShelf.size] = former
        latest = index
        if count < TemplateShelf.size {
            count += 1
        } else {
            oldest = (oldest + 1) % TemplateShelf.size
            patience = min(patience * 2 + 1, 255)
        }
    }

    /// A row fitted: shapes come again.
    @inline(__always)
    mutating func hit(_ index: Int) {
        latest = index
        patience = 0
    }
}

extension RecordScanner {
    /// Matches the row at `row` against the template and puts its values into `tokens`; answers where the next row
    /// begins, nil when the row does not fit. `end` is the end of the region.
    @inline(__always)
    mutating func match(
        _ template: RowTemplate, _ row: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> UnsafePointer<UInt8>? {
        var at = UnsafeRawPointer(row)
        var vectors = UnsafePointer(template.vectors)
        var step = UnsafePointer(template.steps)
        while true {
            // Every step has at least one vector, and most have no more.
            var difference = (at.loadUnaligned(as: SIMD2<UInt64>.self) ^ vectors[0]) & vectors[1]
            vectors += 2
            var more = step.pointee.vectors
            if more > 1 {
                var rest = at
                repeat {
                    rest += 16
                    difference |= (rest.loadUnaligned(as: SIMD2<UInt64>.self) ^ vectors[0]) & vectors[1]
                    vectors += 2
                    more &-= 1
                } while more > 1
            }
            if unsafeBitCast(difference, to: UInt128.self) != 0 { return nil }
            at += Int(step.pointee.length)
            let token = tokens + Int(step.pointee.place)
            switch step.pointee.value {
            case .string: guard matchString(&at, token, row, end) else { return nil }
            case .number:
                guard matchNumber(&at, token, row, end, next: UnsafeRawPointer(vectors).load(as: UInt8.self)) else {
                    return nil
                }
            case .yes: token.pointee.kind = .yes
            case .no: token.pointee.kind = .no
            case .end: return at.assumingMemoryBound(to: UInt8.self)
            }
            step += 1
        }
    }

    /// A string whose opening quote has been passed; stops at the closing one.
    @inline(__always)
    private mutating func matchString(
        _ at: inout UnsafeRawPointer, _ token: UnsafeMutablePointer<Token>, _ row: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> Bool {
        let start = at
        while true {
            let marks = RecordScanner.marks(at.loadUnaligned(as: SIMD2<UInt64>.self))
            if marks[0] != 0 {
                at += marks[0].trailingZeroBitCount &>> 3
                break
            }
            if marks[1] != 0 {
                at += 8 &+ marks[1].trailingZeroBitCount &>> 3
                break
            }
            at += 16
        }
        if at.load(as: UInt8.self) != 0x22 { return longWay(&at, start, token, row, end) }
        token.pointee = Token(
            start: Int32(truncatingIfNeeded: start - UnsafeRawPointer(row)),
            length: Int32(truncatingIfNeeded: at - start), kind: .string, isEscaped: false)
        return true
    }

    /// A string with escapes or bytes beyond ASCII, or none at all.
    @inline(never)
    private mutating func longWay(
        _ at: inout UnsafeRawPointer, _ start: UnsafeRawPointer, _ token: UnsafeMutablePointer<Token>,
        _ row: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
    ) -> Bool {
        base = row
        count = end - row
        var place = start - UnsafeRawPointer(row) - 1
        guard string(&place, &token.pointee) else { return false }
        at = UnsafeRawPointer(row) + (place - 1)
        return true
    }

    /// A number; one of up to fifteen digits is read at once, others by the scanner. `next` is the byte that follows
    /// numbers in this template.
    @inline(__always)
    private mutating func matchNumber(
        _ at: inout UnsafeRawPointer, _ token: UnsafeMutablePointer<Token>, _ row: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>, next: UInt8
    ) -> Bool {
        let first = UInt64(littleEndian: at.loadUnaligned(as: UInt64.self)) ^ 0x3030_3030_3030_3030
        var digits = RecordScanner.digits(first)
        var value = first
        if digits < 8 {
            guard digits > 0 else { return longNumber(&at, token, row, end) }
            value = RecordScanner.number(first &<< UInt64(64 &- digits &* 8))
        } else {
            let second =
                UInt64(littleEndian: at.loadUnaligned(fromByteOffset: 8, as: UInt64.self)) ^ 0x3030_3030_3030_3030
            let more = RecordScanner.digits(second)
            guard more < 8 else { return longNumber(&at, token, row, end) }
            value = RecordScanner.number(first)
            if more > 0 {
                value =
                    value &* RecordScanner.powerOfTen(more)
                    &+ RecordScanner.number(second &<< UInt64(64 &- more &* 8))
            }
            digits &+= more
        }
        let isLong = (at + digits).load(as: UInt8.self) != next || (first & 0xff == 0 && digits > 1)
        if isLong { return longNumber(&at, token, row, end) }
        token.pointee = Token(
            start: Int32(truncatingIfNeeded: at - UnsafeRawPointer(row)), length: Int32(truncatingIfNeeded: digits),
            kind: .integer, isEscaped: false, value: Int64(truncatingIfNeeded: value))
        at += digits
        return true
    }

    @inline(never)
    private mutating func longNumber(
        _ at: inout UnsafeRawPointer, _ token: UnsafeMutablePointer<Token>, _ row: UnsafePointer<UInt8>,
        _ end: UnsafePointer<UInt8>
    ) -> Bool {
        base = row
        count = end - row
        var place = at - UnsafeRawPointer(row)
        token.pointee.isEscaped = false
        guard number(&place, &token.pointee) else { return false }
        at = UnsafeRawPointer(row) + place
        return true
    }

    /// Of a word of text already changed by `^ 0x30…`: how many of its first bytes are digits, 0…8.
    ///
    /// A byte is a digit when it is at most 9; adding 0x76 to a larger one sets its top bit. A carry can only spoil
    /// bytes above the first that is no digit.
    @inline(__always)
    private static func digits(_ word: UInt64) -> Int {
        let marks = (word | (word &+ 0x7676_7676_7676_7676)) & 0x8080_8080_8080_8080
        return marks.trailingZeroBitCount &>> 3
    }

    /// Eight digits, the first in the lowest byte, as a number.
    @inline(__always)
    private static func number(_ digits: UInt64) -> UInt64 {
        var word = (digits &* 2561) &>> 8
        word = ((word & 0x00ff_00ff_00ff_00ff) &* 6_553_601) &>> 16
        return ((word & 0x0000_ffff_0000_ffff) &* 42_949_672_960_001) &>> 32
    }

    @inline(__always)
    private static func powerOfTen(_ exponent: Int) -> UInt64 {
        switch exponent {
        case 1: return 10
        case 2: return 100
        case 3: return 1_000
        case 4: return 10_000
        case 5: return 100_000
        case 6: return 1_000_000
        default: return 10_000_000
        }
    }

    /// Marks the top bits of quotes, backslashes, control and non-ASCII bytes of two words; in each word only the
    /// lowest mark is sure.
    @inline(__always)
    static func marks(_ words: SIMD2<UInt64>) -> SIMD2<UInt64> {
        let ones = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
        let quotes = (words ^ SIMD2(repeating: 0x2222_2222_2222_2222)) &- ones
        let slashes = (words ^ SIMD2(repeating: 0x5c5c_5c5c_5c5c_5c5c)) &- ones
        let controls = words &- SIMD2(repeating: 0x2020_2020_2020_2020)
        return (words | quotes | slashes | controls) & SIMD2(repeating: 0x8080_8080_8080_8080)
    }
}
