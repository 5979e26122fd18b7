import Vocabulary

/// A row that was taken, as the fact it states.
struct ReadRow {
    var kind = RecordKind.device
    /// The day of an activity row; `Run.allDays` for stocks and summaries.
    var day = Run.allDays
    var entry = RunEntry(key: .zero)
    var isLate = false
    /// A sample or call of which none happened (`n` 0): taken, and stating nothing.
    var isEmpty = false
}

/// Turns lines into facts by the rules of `docs/port.md`, without an object a row.
struct RecordReader: ~Copyable {
    enum Outcome {
        case blank
        case row
        case fault(ScanFault)
    }

    let context: RecordContext
    var scanner = RecordScanner()
    /// The last row that was taken.
    var row = ReadRow()
    let keys: KeyMaker
    let deviceTypes: WireCodes.Table
    let modelKinds: WireCodes.Table
    private let rules: [KindRule]
    private let platform: [UInt8]
    private let latestSecond: Int64
    private let earliestActivitySecond: Int64
    private let earliestStockSecond: Int64
    private let onTimeFromDay: Int
    private var personScope: UInt64 = 0
    private var hasPersonScope = false
    /// The day that holds seconds `dayStart..<dayStart + 86400`: most rows of a file are of one day.
    private var dayStart = Int64.max
    private var dayEnd = Int64.min
    private var dayNumber = 0

    init(context: RecordContext) {
        self.context = context
        self.keys = KeyMaker(seed: context.seed)
        self.deviceTypes = WireCodes.Table(context.deviceTypes)
        self.modelKinds = WireCodes.Table(context.modelKinds)
        self.rules = [KindRule(required: [], optional: [])] + RecordKind.allCases.map(\.rule)
        self.platform = Array((context.platform?.rawValue ?? "").utf8)
        self.latestSecond = context.now.map { $0.milliseconds / 1000 + 300 } ?? .max
        self.earliestActivitySecond = context.earliestActivity.map { $0.milliseconds / 1000 } ?? .min
        self.earliestStockSecond = context.earliestStock.map { $0.milliseconds / 1000 } ?? .min
        self.onTimeFromDay = context.onTimeFrom?.daysSince1970 ?? .min
        if !platform.isEmpty {
            self.personScope = platform.withUnsafeBufferPointer { [keys] in keys.scope(platform: $0) }
            self.hasPersonScope = true
        }
    }

    /// The platform that the last row names; empty when it names none.
    mutating func platformText() -> UnsafeBufferPointer<UInt8> {
        scanner.seen.contains(.platform) ? scanner.text(.platform) : UnsafeBufferPointer(start: nil, count: 0)
    }

    /// Reads one line without its line feed; the line must stay in place until the next call.
    mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> Outcome {
        if isBlank(line) { return .blank }
        if let fault = scanner.scan(line) { return .fault(fault) }
        guard scanner.seen.contains(.kind) else { return .fault(ScanFault(.fieldMissing, .kind)) }
        guard scanner.token(.kind).kind == .string, let kind = RecordKind.wire(scanner.text(.kind)) else {
            return .fault(ScanFault(.kindUnknown, .kind))
        }
        let rule = rules[Int(kind.rawValue)]
        let missing = FieldSet(rawValue: rule.required.rawValue & ~scanner.seen.rawValue)
        if let first = missing.first { return .fault(ScanFault(.fieldMissing, first)) }
        let unused = FieldSet(rawValue: scanner.seen.rawValue & ~rule.allowed.rawValue)
        if unused.rawValue != 0 { scanner.noteUnused(unused, of: kind) }
        if let fault = checkPlatform() { return .fault(fault) }
        row.kind = kind
        row.isLate = false
        row.isEmpty = false
        if let snapshot = context.snapshotKind, snapshot != kind { return .fault(ScanFault(.fieldInvalid, .kind)) }
        return facts(kind).map(Outcome.fault) ?? .row
    }

    @inline(__always)
    private func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        if let first = line.first, first == 0x7b { return false }
        return line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
    }

    @inline(__always)
    private mutating func checkPlatform() -> ScanFault? {
        guard scanner.seen.contains(.platform) else {
            return platform.isEmpty ? ScanFault(.fieldMissing, .platform) : nil
        }
        guard scanner.token(.platform).kind == .string else { return ScanFault(.fieldInvalid, .platform) }
        let named = scanner.text(.platform)
        if platform.isEmpty { return named.isEmpty || named.count > 128 ? ScanFault(.fieldInvalid, .platform) : nil }
        return named.elementsEqual(platform) ? nil : ScanFault(.platformMismatch, .platform)
    }

    /// The scope under which this row's people are keyed.
    @inline(__always)
    mutating func scope() -> UInt64 { hasPersonScope ? personScope : keys.scope(platform: platformText()) }

    // MARK: times

    /// The row's second in UTC, within the limits of its kind; sets the row's day.
    @inline(__always)
    mutating func time(_ kind: RecordKind, _ second: inout Int64) -> ScanFault? {
        let token = scanner.token(.ts)
        let read: Int64?
        switch token.kind {
        case .number: read = Numerals.integer(scanner.text(.ts))
        case .string: read = Numerals.rfc3339Seconds(scanner.text(.ts))
        default: read = nil
        }
        guard let read else { return ScanFault(.fieldInvalid, .ts) }
        if read > latestSecond { return ScanFault(.tsFuture, .ts) }
        if read < 0 || read >= 1 << 34 { return ScanFault(read < 0 ? .tsTooOld : .tsFuture, .ts) }
        second = read
        if kind.isStock || context.snapshotKind != nil {
            if read < earliestStockSecond { return ScanFault(.tsTooOld, .ts) }
            row.day = Run.allDays
            return nil
        }
        if read < earliestActivitySecond { return ScanFault(.tsTooOld, .ts) }
        if read < dayStart || read >= dayEnd { findDay(of: read) }
        row.day = dayNumber
        return checkLate(dayNumber)
    }

    /// Whether the day is late, and whether it may be.
    @inline(__always)
    mutating func checkLate(_ day: Int) -> ScanFault? {
        if day >= onTimeFromDay { return nil }
        row.isLate = true
        return context.hasLateReason ? nil : ScanFault(.lateReasonMissing, .ts)
    }

    private mutating func findDay(of second: Int64) {
        let day = context.cutter.day(of: Instant(seconds: second))
        dayNumber = day.daysSince1970
        dayStart = context.cutter.start(of: day).milliseconds / 1000
        dayEnd = context.cutter.start(of: day.adding(days: 1)).milliseconds / 1000
        if second < dayStart || second >= dayEnd {
            // A zone that changes its offset within the day: take this second alone.
            dayStart = second
            dayEnd = second + 1
        }
    }

    /// Seconds since the row's day began, 0…90000.
    @inline(__always)
    func secondOfDay(_ second: Int64) -> UInt64 { UInt64(max(0, min(131_071, second - dayStart))) }
}
