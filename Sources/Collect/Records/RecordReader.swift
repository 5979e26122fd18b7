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
    enum Outcome: UInt8 {
        case blank
        /// In `row`.
        case row
        /// In `fault`.
        case fault
    }

    let context: RecordContext
    var scanner = RecordScanner()
    private var shelf = TemplateShelf()
    private let usesTemplates: Bool
    /// The last row that was taken.
    var row = ReadRow()
    /// Why the last row that was not taken was not.
    private(set) var fault = ScanFault(.rowMalformed)
    /// The moment of the last row that was taken; of summaries nothing.
    var second: Int64 = 0
    /// The platforms met, when every row names its own.
    private(set) var platforms: PlatformTable
    /// The last row's, when every row names its own.
    private(set) var platformIndex = 0
    let keys: KeyMaker
    let deviceTypes: WireCodes.Table
    let modelKinds: WireCodes.Table
    private let rules = KindRules()
    private let platform: [UInt8]
    private let namesPlatforms: Bool
    private let isSnapshot: Bool
    private let latestSecond: Int64
    private let earliestActivitySecond: Int64
    private let earliestStockSecond: Int64
    private let onTimeFromDay: Int
    private let personScope: UInt64
    private var days: DayTable

    init(context: RecordContext, usesTemplates: Bool = true) {
        self.context = context
        self.usesTemplates = usesTemplates
        self.keys = KeyMaker(seed: context.seed, family: context.keyFamily)
        self.deviceTypes = WireCodes.Table(context.deviceTypes)
        self.modelKinds = WireCodes.Table(context.modelKinds)
        let platform = Array((context.platform?.rawValue ?? "").utf8)
        self.platform = platform
        self.namesPlatforms = platform.isEmpty
        self.isSnapshot = context.snapshotKind != nil
        self.latestSecond = context.now.map { $0.milliseconds / 1000 + 300 } ?? .max
        self.earliestActivitySecond = context.earliestActivity.map { $0.milliseconds / 1000 } ?? .min
        self.earliestStockSecond = context.earliestStock.map { $0.milliseconds / 1000 } ?? .min
        self.onTimeFromDay = context.onTimeFrom?.daysSince1970 ?? .min
        let keys = self.keys
        self.personScope = platform.withUnsafeBufferPointer { keys.scope(platform: $0) }
        self.platforms = PlatformTable(keys: keys)
        self.days = DayTable(cutter: context.cutter)
    }

    /// Reads the line at `at` and moves to the next one. `end` is the end of the region (`PaddedLines`), which must stay
    /// in place until the next call.
    @inline(__always)
    mutating func read(_ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Outcome {
        if shelf.count > 0 {
            let template = shelf[shelf.latest]
            if let next = scanner.match(template, at, end), next - at <= RecordScanner.longestLine {
                scanner.adopt(at, length: next - at &- 1, seen: template.seen)
                at = next
                return judge(template.kind)
            }
            if let kind = matchOthers(&at, end) { return judgeApart(kind) }
        }
        return readSlowly(&at)
    }

    /// Tries the templates other than the latest; nil when none fits.
    @inline(never)
    private mutating func matchOthers(_ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> RecordKind? {
        for index in 0..<shelf.count where index != shelf.latest {
            let template = shelf[index]
            guard let next = scanner.match(template, at, end), next - at <= RecordScanner.longestLine else { continue }
            shelf.hit(index)
            scanner.adopt(at, length: next - at &- 1, seen: template.seen)
            at = next
            return template.kind
        }
        return nil
    }

    /// Reads the line by the scanner, and learns its shape when the row is taken.
    @inline(never)
    private mutating func readSlowly(_ at: inout UnsafePointer<UInt8>) -> Outcome {
        let feed = Lines.end(at)
        let line = UnsafeBufferPointer(start: at, count: feed - at)
        at = feed + 1
        let outcome = read(line)
        if usesTemplates, outcome == .row, shelf.wantsToLearn() {
            shelf.learn(from: &scanner, kind: row.kind)
        }
        return outcome
    }

    /// Reads one line without its line feed.
    private mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> Outcome {
        if isBlank(line) { return .blank }
        if let fault = scanner.scan(line) { return reject(fault) }
        guard scanner.seen.contains(.kind) else { return reject(ScanFault(.fieldMissing, .kind)) }
        guard scanner.token(.kind).kind == .string, let kind = RecordKind.wire(scanner.text(.kind)) else {
            return reject(ScanFault(.kindUnknown, .kind))
        }
        let rule = rules[kind]
        let missing = FieldSet(rawValue: rule.required.rawValue & ~scanner.seen.rawValue)
        if let first = missing.first { return reject(ScanFault(.fieldMissing, first)) }
        let unused = FieldSet(rawValue: scanner.seen.rawValue & ~rule.allowed.rawValue)
        if unused.rawValue != 0 { scanner.noteUnused(unused, of: kind) }
        return judgeApart(kind)
    }

    /// The values of a row of a known kind that has all its fields.
    @inline(__always)
    private mutating func judge(_ kind: RecordKind) -> Outcome {
        if let fault = checkPlatform() { return reject(fault) }
        row.kind = kind
        row.isLate = false
        row.isEmpty = false
        if isSnapshot, context.snapshotKind != kind { return reject(ScanFault(.fieldInvalid, .kind)) }
        if let fault = facts(kind) { return reject(fault) }
        return .row
    }

    /// `judge` where it need not be part of the loop.
    @inline(never)
    private mutating func judgeApart(_ kind: RecordKind) -> Outcome { judge(kind) }

    @inline(never)
    private mutating func reject(_ fault: ScanFault) -> Outcome {
        self.fault = fault
        return .fault
    }

    @inline(__always)
    private func isBlank(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
        if let first = line.first, first == 0x7b { return false }
        return line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }
    }

    @inline(__always)
    private mutating func checkPlatform() -> ScanFault? {
        guard scanner.seen.contains(.platform) else {
            return namesPlatforms ? ScanFault(.fieldMissing, .platform) : nil
        }
        guard scanner.token(.platform).kind == .string else { return ScanFault(.fieldInvalid, .platform) }
        let named = scanner.text(.platform)
        if namesPlatforms {
            if named.isEmpty || named.count > 128 { return ScanFault(.fieldInvalid, .platform) }
            platformIndex = platforms.index(of: named)
            return nil
        }
        return named.elementsEqual(platform) ? nil : ScanFault(.platformMismatch, .platform)
    }

    /// The name of a platform by its number; when rows need not name theirs, there is one.
    func platformName(_ index: Int) -> String {
        namesPlatforms
            ? String(decoding: platforms[index].text, as: UTF8.self) : String(decoding: platform, as: UTF8.self)
    }

    /// The scope under which this row's people are keyed.
    @inline(__always)
    mutating func scope() -> UInt64 { namesPlatforms ? platforms[platformIndex].scope : personScope }

    // MARK: times

    /// The row's second in UTC, within the limits of its kind; sets the row's day.
    @inline(__always)
    mutating func time(_ kind: RecordKind, _ second: inout Int64) -> ScanFault? {
        let token = scanner.token(.ts)
        let read: Int64?
        switch token.kind {
        case .integer: read = token.value
        case .number: read = Numerals.integer(scanner.text(.ts))
        case .string: read = Numerals.rfc3339Seconds(scanner.text(.ts))
        default: read = nil
        }
        guard let read else { return ScanFault(.fieldInvalid, .ts) }
        if read > latestSecond { return ScanFault(.tsFuture, .ts) }
        if read < 0 || read >= 1 << 34 { return ScanFault(read < 0 ? .tsTooOld : .tsFuture, .ts) }
        second = read
        if kind.isStock || isSnapshot {
            if read < earliestStockSecond { return ScanFault(.tsTooOld, .ts) }
            row.day = Run.allDays
            return nil
        }
        if read < earliestActivitySecond { return ScanFault(.tsTooOld, .ts) }
        days.find(read)
        row.day = days.number
        return checkLate(days.number)
    }

    /// The day of any second from 1970 on.
    mutating func day(of second: Int64) -> Int {
        days.find(second)
        return days.number
    }

    /// Whether the day is late, and whether it may be.
    @inline(__always)
    mutating func checkLate(_ day: Int) -> ScanFault? {
        if day >= onTimeFromDay { return nil }
        row.isLate = true
        return context.hasLateReason ? nil : ScanFault(.lateReasonMissing, .ts)
    }

    /// Seconds since the row's day began, 0…90000.
    @inline(__always)
    func secondOfDay(_ second: Int64) -> UInt64 { UInt64(max(0, min(131_071, second - days.start))) }
}
