import Vocabulary

// The parts of a row that need strings: summaries, names, explanations. None of it is on the path of common rows.
extension RecordReader {
    /// Identifier and title of the app or model just read.
    mutating func name() -> RecordName {
        let id = String(decoding: scanner.text(.id), as: UTF8.self)
        let title = scanner.seen.contains(.title) ? String(decoding: scanner.text(.title), as: UTF8.self) : ""
        return RecordName(id: id, title: String(title.prefix(200)))
    }

    /// Reads the figures of the summary row just scanned; nothing is appended when it is faulty.
    mutating func summary(into figures: inout [SummaryFigure]) -> ScanFault? {
        guard scanner.token(.period).kind == .string else { return ScanFault(.fieldInvalid, .period) }
        let period = String(decoding: scanner.text(.period), as: UTF8.self)
        guard let last = CivilDay(period) ?? CivilMonth(period)?.lastDay else {
            return ScanFault(.fieldInvalid, .period)
        }
        if let now = context.now, CivilMonth(period)?.firstDay ?? last > context.cutter.day(of: now) {
            return ScanFault(.tsFuture, .period)
        }
        if let earliest = context.earliestActivity, context.cutter.start(of: last) < earliest {
            return ScanFault(.tsTooOld, .period)
        }
        guard scanner.token(.values).kind == .object, let members = scanner.numbers(.values) else {
            return ScanFault(.fieldInvalid, .values)
        }
        var read: [SummaryFigure] = []
        for (name, number) in members {
            guard name.utf8.count <= 64, let value = ExactDecimal(number), !(value < .zero) else {
                return ScanFault(.fieldInvalid, .values)
            }
            read.append(SummaryFigure(period: period, indicator: IndicatorID(name), value: value))
        }
        row.day = Run.allDays
        if let fault = checkLate(last.daysSince1970) { return fault }
        figures.append(contentsOf: read)
        return nil
    }

    /// The fault with the names and values that its sentence needs.
    mutating func explain(_ fault: ScanFault, line: Int) -> RowFault {
        var values: [String: String] = [:]
        if let field = fault.field { values["field"] = field.name }
        switch fault.code {
        case .rowMalformed: values["at"] = "\(fault.at + 1)"
        case .rowTooLong: values["limit"] = "\(RecordScanner.longestLine / 1024) KiB"
        case .kindUnknown: values["choices"] = RecordKind.allCases.map(\.name).joined(separator: ", ")
        case .typeUnknown: values["choices"] = context.deviceTypes.joined(separator: ", ")
        case .fieldInvalid:
            if let field = fault.field { values["expected"] = expected(field) }
        default: break
        }
        if fault.code != .rowMalformed, let field = fault.field, scanner.seen.contains(field) {
            values["value"] = excerpt(field)
        }
        return RowFault(line: line, code: fault.code, values: values)
    }

    /// What a field may hold, in the codes of the wire.
    private func expected(_ field: RecordField) -> String {
        switch field {
        case .op: return (context.snapshotKind == nil ? WireCodes.operations : ["add"]).joined(separator: ", ")
        case .cloud: return WireCodes.clouds.joined(separator: ", ")
        case .idBasis: return WireCodes.bases.joined(separator: ", ")
        case .form: return WireCodes.forms.joined(separator: ", ")
        case .act: return WireCodes.acts.joined(separator: ", ")
        case .metric: return WireCodes.metrics.joined(separator: ", ")
        case .modelKind: return context.modelKinds.joined(separator: ", ")
        case .kind: return context.snapshotKind?.name ?? RecordKind.allCases.map(\.name).joined(separator: ", ")
        case .ts: return "1762128000, 2025-11-03T08:00:00+08:00"
        case .period: return "2025-11, 2025-11-03"
        case .values: return "{\"devices-connected\": 8000}"
        case .n, .points, .distinct, .vcpu, .storageBytes: return "0, 1, 2 …"
        case .min, .max, .value: return "12.5"
        case .core, .paying: return "true, false"
        case .model: return "app | model"
        default: return "\"…\" (1–\(RecordReader.longestIdentifier))"
        }
    }

    /// The field's value as the sender wrote it, at most 40 characters.
    private mutating func excerpt(_ field: RecordField) -> String {
        let token = scanner.token(field)
        switch token.kind {
        case .yes: return "true"
        case .no: return "false"
        default: return String(String(decoding: scanner.text(field), as: UTF8.self).prefix(40))
        }
    }
}

extension RecordScanner {
    /// The members of a checked object whose values are all numbers, names decoded; nil otherwise, or when a name
    /// stands twice.
    mutating func numbers(_ field: RecordField) -> [(String, String)]? {
        let object = token(field)
        var at = Int(object.start) + 1
        let end = Int(object.start + object.length) - 1
        var out: [(String, String)] = []
        var names: Set<String> = []
        var name = Token.empty
        var number = name
        while true {
            skipBlanks(&at)
            guard at < end else { return out }
            guard string(&at, &name) else { return nil }
            skipBlanks(&at)
            at += 1
            skipBlanks(&at)
            guard base[at] == 0x2d || base[at] &- 0x30 < 10, self.number(&at, &number) else { return nil }
            let text = String(decoding: self.text(of: name), as: UTF8.self)
            guard names.insert(text).inserted else { return nil }
            number.isEscaped = false
            out.append((text, String(decoding: self.text(of: number), as: UTF8.self)))
            skipBlanks(&at)
            if at < end { at += 1 }
        }
    }
}
