import Vocabulary

// How the words of a fact are laid out by kind: docs/run-format.md.
extension RecordReader {
    @inline(__always)
    mutating func facts(_ kind: RecordKind) -> ScanFault? {
        var second: Int64 = 0
        if kind == .summary { return nil }
        if let fault = time(kind, &second) { return fault }
        row.entry = RunEntry(key: .zero)
        self.second = second
        let fault: ScanFault?
        switch kind {
        case .device: fault = device()
        case .point: fault = point(second)
        case .gauge: fault = gauge(second)
        case .call: fault = call()
        case .subscription: fault = subscription(second)
        case .company: fault = company(second)
        default: fault = stock(kind, second)
        }
        return fault
    }

    // MARK: fields

    static let longestIdentifier = 256

    @inline(__always)
    mutating func identifier(
        _ field: RecordField, _ domain: KeyMaker.Domain, scope: UInt64 = 0, _ key: inout RecordKey
    ) -> ScanFault? {
        guard scanner.token(field).kind == .string else { return ScanFault(.fieldInvalid, field) }
        let text = scanner.text(field)
        guard text.count > 0, text.count <= RecordReader.longestIdentifier else {
            return ScanFault(.fieldInvalid, field)
        }
        key = keys.key(domain, text, scope: scope)
        return nil
    }

    /// The identifier as the fact's key.
    @inline(__always)
    private mutating func first(_ field: RecordField, _ domain: KeyMaker.Domain, scope: UInt64 = 0) -> ScanFault? {
        var key = RecordKey.zero
        if let fault = identifier(field, domain, scope: scope, &key) { return fault }
        row.entry.key = key
        return nil
    }

    /// The identifier as the other half of the fact's pair.
    @inline(__always)
    private mutating func other(_ field: RecordField, _ domain: KeyMaker.Domain, scope: UInt64 = 0) -> ScanFault? {
        var key = RecordKey.zero
        if let fault = identifier(field, domain, scope: scope, &key) { return fault }
        row.entry.second = key
        return nil
    }

    /// A whole number from 0; absent reads as `absent`.
    @inline(__always)
    mutating func amount(_ field: RecordField, absent: Int64, _ value: inout Int64) -> ScanFault? {
        guard scanner.seen.contains(field) else {
            value = absent
            return nil
        }
        let token = scanner.token(field)
        if token.kind == .integer {
            value = token.value
            return nil
        }
        guard token.kind == .number, let read = Numerals.integer(scanner.text(field)), read >= 0 else {
            return ScanFault(.fieldInvalid, field)
        }
        value = read
        return nil
    }

    /// A finite number; sets `has` to false when the field is absent.
    @inline(__always)
    mutating func measure(_ field: RecordField, _ has: inout Bool, _ value: inout Double) -> ScanFault? {
        has = scanner.seen.contains(field)
        guard has else { return nil }
        let token = scanner.token(field)
        if token.kind == .integer, token.value < 1 << 53 {
            value = Double(token.value)
            return nil
        }
        guard token.isNumber, let read = Numerals.double(scanner.text(field)) else {
            return ScanFault(.fieldInvalid, field)
        }
        value = read
        return nil
    }

    /// The position, from 1, of a code in its list; 0 when the field is absent.
    @inline(__always)
    mutating func choice(_ field: RecordField, _ position: inout UInt64) -> ScanFault? {
        position = 0
        guard scanner.seen.contains(field) else { return nil }
        guard scanner.token(field).kind == .string else { return ScanFault(.fieldInvalid, field) }
        position = WireCodes.position(field, ShortText(scanner.text(field)))
        return position == 0 ? ScanFault(.fieldInvalid, field) : nil
    }

    /// Fields that only have to be a string.
    @inline(__always)
    mutating func text(_ field: RecordField) -> ScanFault? {
        scanner.seen.contains(field) && scanner.token(field).kind != .string ? ScanFault(.fieldInvalid, field) : nil
    }

    @inline(__always)
    func flag(_ field: RecordField) -> ScanFault? {
        guard scanner.seen.contains(field) else { return nil }
        let kind = scanner.token(field).kind
        return kind == .yes || kind == .no ? nil : ScanFault(.fieldInvalid, field)
    }

    /// A company's credit code; with letters and digits wrong it is `code-invalid`.
    mutating func creditCode(_ field: RecordField) -> ScanFault? {
        guard scanner.seen.contains(field) else { return nil }
        guard scanner.token(field).kind == .string else { return ScanFault(.fieldInvalid, field) }
        return CompanyCode.isValid(scanner.text(field)) ? nil : ScanFault(.codeInvalid, field)
    }

    /// A code of one of the scheme's dictionaries as its hash, 0 when absent.
    private mutating func dictionaryCode(
        _ field: RecordField, _ table: WireCodes.Table, _ fault: RowFaultCode, _ hash: inout UInt64
    ) -> ScanFault? {
        hash = 0
        guard scanner.seen.contains(field) else { return nil }
        guard scanner.token(field).kind == .string else { return ScanFault(.fieldInvalid, field) }
        guard let known = table.hash(of: scanner.text(field)) else { return ScanFault(fault, field) }
        hash = known
        return nil
    }

    /// `op` and the second as the first words of a stock's fact: time above, removal after addition of one second.
    @inline(__always)
    private mutating func change(_ second: Int64) -> ScanFault? {
        var operation: UInt64 = 0
        if let fault = choice(.op, &operation) { return fault }
        if operation == 2, context.snapshotKind != nil { return ScanFault(.fieldInvalid, .op) }
        row.entry.a = UInt64(second) &<< 30 | (operation &- 1) &<< 29
        return nil
    }

    // MARK: kinds

    @inline(__always)
    private static var deviceDetails: UInt64 {
        RecordField.idBasis.bit | RecordField.cloud.bit | RecordField.type.bit | RecordField.company.bit
            | RecordField.region.bit
    }

    @inline(__always)
    private mutating func device() -> ScanFault? {
        var (cloud, basis, type): (UInt64, UInt64, UInt64) = (0, 0, 0)
        var (points, messages): (Int64, Int64) = (0, 1)
        if let fault = first(.id, .device) { return fault }
        if scanner.seen.rawValue & RecordReader.deviceDetails != 0 {
            if let fault = choice(.idBasis, &basis) { return fault }
            if let fault = choice(.cloud, &cloud) { return fault }
            if let fault = dictionaryCode(.type, deviceTypes, .typeUnknown, &type) { return fault }
            if let fault = creditCode(.company) ?? text(.region) { return fault }
        }
        if let fault = amount(.points, absent: 0, &points) ?? amount(.n, absent: 1, &messages) { return fault }
        row.entry.a = (messages == 0 ? 1 : 0) &<< 63 | cloud &<< 56 | basis &<< 48 | type & 0xffff_ffff_ffff
        return nil
    }

    @inline(never)
    private mutating func point(_ second: Int64) -> ScanFault? {
        var (samples, distinct): (Int64, Int64) = (0, 0)
        var (form, lowest, highest): (UInt64, Double, Double) = (0, 0, 0)
        var (hasLowest, hasHighest) = (false, false)
        if let fault = first(.device, .device) { return fault }
        if let fault = other(.id, .point) { return fault }
        if let fault = choice(.form, &form) { return fault }
        if let fault = amount(.n, absent: 0, &samples) ?? amount(.distinct, absent: 0, &distinct) { return fault }
        if let fault = measure(.min, &hasLowest, &lowest) ?? measure(.max, &hasHighest, &highest) { return fault }
        if hasLowest, hasHighest, lowest > highest { return ScanFault(.fieldInvalid, .max) }
        var variation = PointVariation.unknown
        if form > 1 {
            variation = .notNumeric
        } else if hasLowest, hasHighest {
            variation = lowest == highest ? .constantAt : .varies
        } else if scanner.seen.contains(.distinct) {
            variation = distinct <= 1 ? .constant : .varies
        }
        let n = UInt64(min(samples, 0xffff_ffff))
        row.entry.a = secondOfDay(second) &<< 40 | n &<< 8 | variation.rawValue
        row.entry.b = variation == .constantAt ? (lowest == 0 ? 0 : lowest.bitPattern) : 0
        row.isEmpty = samples == 0
        return nil
    }

    @inline(never)
    private mutating func gauge(_ second: Int64) -> ScanFault? {
        var (metric, cloud): (UInt64, UInt64) = (0, 0)
        var value = 0.0
        var has = false
        if let fault = choice(.metric, &metric) { return fault }
        if let fault = choice(.cloud, &cloud) { return fault }
        if let fault = measure(.value, &has, &value) { return fault }
        guard value >= 0 else { return ScanFault(.fieldInvalid, .value) }
        row.entry = RunEntry(
            key: RecordKey(high: metric, low: cloud), second: .zero, a: secondOfDay(second), b: value.bitPattern)
        return nil
    }

    @inline(never)
    private mutating func call() -> ScanFault? {
        var times: Int64 = 1
        let isModel = scanner.seen.contains(.model)
        if scanner.seen.contains(.app) == isModel {
            return isModel ? ScanFault(.fieldInvalid, .model) : ScanFault(.fieldMissing, .app)
        }
        if let fault = first(isModel ? .model : .app, isModel ? .model : .app) { return fault }
        if let fault = other(.user, .user, scope: scope()) { return fault }
        if let fault = amount(.n, absent: 1, &times) { return fault }
        row.entry.a = isModel ? 1 : 0
        row.isEmpty = times == 0
        return nil
    }

    @inline(never)
    private mutating func subscription(_ second: Int64) -> ScanFault? {
        if let fault = first(.app, .app) { return fault }
        if let fault = creditCode(.tenant) { return fault }
        if scanner.seen.contains(.user) {
            if let fault = other(.user, .user, scope: scope()) { return fault }
        } else if scanner.seen.contains(.tenant) {
            if let fault = other(.tenant, .company) { return fault }
        } else {
            return ScanFault(.fieldMissing, .user)
        }
        return change(second)
    }

    @inline(never)
    private mutating func company(_ second: Int64) -> ScanFault? {
        if scanner.seen.contains(.code) {
            if let fault = creditCode(.code) { return fault }
            if let fault = first(.code, .company) { return fault }
        } else {
            var (country, number) = (RecordKey.zero, RecordKey.zero)
            guard scanner.seen.contains(.country) else { return ScanFault(.fieldMissing, .code) }
            guard scanner.seen.contains(.number) else { return ScanFault(.fieldMissing, .number) }
            if let fault = identifier(.country, .company, &country) { return fault }
            if let fault = identifier(.number, .company, &number) { return fault }
            row.entry.key = keys.pair(country, number)
        }
        if let fault = flag(.paying) { return fault }
        row.entry.b = scanner.seen.contains(.paying) && scanner.token(.paying).kind == .yes ? 1 : 0
        return change(second)
    }

    @inline(never)
    private mutating func stock(_ kind: RecordKind, _ second: Int64) -> ScanFault? {
        if let fault = change(second) { return fault }
        switch kind {
        case .node:
            var (cores, cloud): (Int64, UInt64) = (0, 0)
            var bytes: Int64 = 0
            if let fault = first(.id, .node) ?? text(.provider) { return fault }
            if let fault = choice(.cloud, &cloud) { return fault }
            if let fault = amount(.vcpu, absent: 0, &cores) ?? amount(.storageBytes, absent: 0, &bytes) { return fault }
            guard cores < 1 << 26 else { return ScanFault(.fieldInvalid, .vcpu) }
            row.entry.a |= cloud &<< 26 | UInt64(cores)
            row.entry.b = UInt64(bytes)
        case .model:
            if let fault = first(.id, .model) { return fault }
            if let fault = flag(.core) ?? text(.title) { return fault }
            var kind: UInt64 = 0
            if let fault = dictionaryCode(.modelKind, modelKinds, .fieldInvalid, &kind) { return fault }
            row.entry.b = kind
        case .app:
            if let fault = first(.id, .app) { return fault }
            return text(.industry) ?? text(.scenario) ?? text(.title)
        case .user:
            return first(.id, .user, scope: scope()) ?? creditCode(.company)
        default:
            var act: UInt64 = 0
            if let fault = first(.id, .developer, scope: scope()) { return fault }
            if let fault = choice(.act, &act) { return fault }
            row.entry.b = act
        }
        return nil
    }
}

/// What a point's record says about its values.
enum PointVariation: UInt64 {
    /// Numeric or not, the record does not say.
    case unknown = 0
    case notNumeric, varies
    /// One value all the time, which is known.
    case constantAt
    /// One value all the time, which is not said.
    case constant
}
