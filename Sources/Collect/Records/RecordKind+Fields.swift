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
        if bytes.count <= 8 {
            var word: UInt64 = 0
            for i in 0..<bytes.count { word |= UInt64(bytes[i]) &<< UInt64(i &* 8) }
            switch word {
            case 0x6563_6976_6564: return .device
            case 0x746e_696f_70: return .point
            case 0x6564_6f6e: return .node
            case 0x6567_7561_67: return .gauge
            case 0x6c65_646f_6d: return .model
            case 0x7070_61: return .app
            case 0x7265_7375: return .user
            case 0x6c6c_6163: return .call
            case 0x796e_6170_6d6f_63: return .company
            case 0x7972_616d_6d75_73: return .summary
            default: return nil
            }
        }
        if bytes.elementsEqual("developer".utf8) { return .developer }
        return bytes.elementsEqual("subscription".utf8) ? .subscription : nil
    }
}
