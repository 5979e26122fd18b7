/// Writes the template of a row that was read and taken.
struct TemplateMaker {
    private var stepCount = 0
    private var vectorCount = 0
    private var fixedFrom = 0

    /// False when the row's shape is none for a template: containers, more fields or fixed bytes than it holds.
    ///
    /// The line must be well formed and followed by its line feed.
    static func make(_ scanner: inout RecordScanner, kind: RecordKind, into template: inout RowTemplate) -> Bool {
        var maker = TemplateMaker()
        template.kind = kind
        template.seen = scanner.seen.rawValue
        return maker.walk(&scanner, &template)
    }

    private mutating func walk(_ scanner: inout RecordScanner, _ template: inout RowTemplate) -> Bool {
        var at = 0
        scanner.skipBlanks(&at)
        at += 1
        scanner.skipBlanks(&at)
        while scanner.base[at] == 0x22 {
            guard member(&scanner, &at, &template) else { return false }
            scanner.skipBlanks(&at)
            guard scanner.base[at] == 0x2c else { break }
            at += 1
            scanner.skipBlanks(&at)
        }
        return add(.end, 0, upTo: scanner.count + 1, scanner.base, &template)
    }

    private mutating func member(
        _ scanner: inout RecordScanner, _ at: inout Int, _ template: inout RowTemplate
    ) -> Bool {
        var name = Token.empty
        guard scanner.string(&at, &name) else { return false }
        let field = scanner.field(named: name)
        scanner.skipBlanks(&at)
        at += 1
        scanner.skipBlanks(&at)
        var value = Token.empty
        var isNull = false
        let start = at
        guard scanner.value(&at, &value, &isNull, depth: 0) else { return false }
        // The kind, nulls, and unknown truth values stay among the fixed bytes.
        if isNull || field == .kind { return true }
        let place = field?.rawValue ?? UInt8(RecordScanner.places - 1)
        switch value.kind {
        case .string:
            guard add(.string, place, upTo: start + 1, scanner.base, &template) else { return false }
            fixedFrom = at - 1
        case .number, .integer:
            guard add(.number, place, upTo: start, scanner.base, &template) else { return false }
            fixedFrom = at
        case .yes: return add(.yes, place, upTo: at, scanner.base, &template)
        case .no: return add(.no, place, upTo: at, scanner.base, &template)
        case .object, .array: return false
        }
        return true
    }

    private mutating func add(
        _ value: RowTemplate.Value, _ place: UInt8, upTo end: Int, _ base: UnsafePointer<UInt8>,
        _ template: inout RowTemplate
    ) -> Bool {
        let length = end - fixedFrom
        let vectors = (length + 15) / 16
        guard stepCount < RowTemplate.mostSteps, vectorCount + vectors <= RowTemplate.mostVectors else { return false }
        for index in 0..<vectors {
            var bytes = SIMD16<UInt8>.zero
            var mask = SIMD16<UInt8>.zero
            for place in 0..<min(16, length - index * 16) {
                bytes[place] = base[fixedFrom + index * 16 + place]
                mask[place] = 0xff
            }
            let pair = template.vectors + (vectorCount + index) * 2
            pair[0] = unsafeBitCast(bytes, to: SIMD2<UInt64>.self)
            pair[1] = unsafeBitCast(mask, to: SIMD2<UInt64>.self)
        }
        template.steps[stepCount] = RowTemplate.Step(
            value: value, place: place, vectors: UInt16(vectors), length: UInt16(length))
        stepCount += 1
        vectorCount += vectors
        fixedFrom = end
        return true
    }
}
