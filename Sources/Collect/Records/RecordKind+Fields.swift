/// Which fields a kind asks for and which it knows.
struct KindRule {
    var required: FieldSet
    var allowed: FieldSet

    init(required: [RecordField], optional: [RecordField]) {
        self.required = FieldSet(rawValue: required.reduce(RecordField.kind.bit) { $0 | $1.bit })
        self.allowed = FieldSet(
            rawValue: optional.reduce(self.required.rawValue | RecordField.platform.bit) { $0 | $1.bit })
    }
}

/// The rules of all kinds, where a row finds its own without counting references.
struct KindRules: ~Copyable {
    private let rules: UnsafeMutablePointer<KindRule>

    init() {
        rules = .allocate(capacity: RecordKind.allCases.count + 1)
        rules.initialize(repeating: KindRule(required: [], optional: []), count: RecordKind.allCases.count + 1)
        for kind in RecordKind.allCases { rules[Int(kind.rawValue)] = kind.rule }
    }

    deinit { rules.deallocate() }

    @inline(__always)
    subscript(_ kind: RecordKind) -> KindRule { rules[Int(kind.rawValue)] }
}

extension RecordKind {
    /// Source: the table of record kinds in `docs/port.md`.
    var rule: KindRule {
        switch self {
        case .device:
            return KindRule(required: [.id, .ts], optional: [.idBasis, .cloud, .type, .company, .region, .points, .n])
        case .point:
            return KindRule(required: [.device, .id, .ts, .n], optional: [.form, .min, .max, .distinct])
        case .node:
            return KindRule(required: [.id, .ts, .op], optional: [.vcpu, .storageBytes, .cloud, .provider])
        case .gauge: return KindRule(required: [.metric, .value, .ts], optional: [.cloud])
        case .model: return KindRule(required: [.id, .ts, .op], optional: [.modelKind, .core, .title])
        case .app: return KindRule(required: [.id, .ts, .op], optional: [.industry, .scenario, .title])
        case .user: return KindRule(required: [.id, .ts, .op], optional: [.company])
        case .developer: return KindRule(required: [.id, .ts, .op], optional: [.act])
        case .subscription: return KindRule(required: [.app, .ts, .op], optional: [.user, .tenant])
        case .call: return KindRule(required: [.user, .ts], optional: [.app, .model, .n])
        case .company: return KindRule(required: [.ts, .op], optional: [.code, .country, .number, .paying])
        case .summary: return KindRule(required: [.period, .values], optional: [])
        }
    }

    /// The kind of a name on the wire, without making a string of it.
    @inline(__always)
    static func wire(_ bytes: UnsafeBufferPointer<UInt8>) -> RecordKind? {
        let name = ShortText(bytes)
        switch (name.low, name.high) {
        case (0x6563_6976_6564, 0): return .device
        case (0x74_6e69_6f70, 0): return .point
        case (0x6564_6f6e, 0): return .node
        case (0x65_6775_6167, 0): return .gauge
        case (0x6c_6564_6f6d, 0): return .model
        case (0x70_7061, 0): return .app
        case (0x7265_7375, 0): return .user
        case (0x6570_6f6c_6576_6564, 0x72): return .developer
        case (0x7069_7263_7362_7573, 0x6e6f_6974): return .subscription
        case (0x6c6c_6163, 0): return .call
        case (0x79_6e61_706d_6f63, 0): return .company
        case (0x79_7261_6d6d_7573, 0): return .summary
        default: return nil
        }
    }
}
