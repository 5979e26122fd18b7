/// The fields that any kind of record knows, in the order of their bits.
enum RecordField: UInt8, CaseIterable {
    case platform, kind, id, ts, n, device, form, min, max, distinct, op, vcpu, cloud, provider, metric, value, core
    case user, act, app, tenant, model, code, country, number, paying, period, values, type, company, region, points
    case title, industry, scenario, idBasis, storageBytes, modelKind

    static let count = 38

    @inline(__always) var bit: UInt64 { 1 &<< UInt64(rawValue) }

    /// The name on the wire.
    var name: String {
        switch self {
        case .idBasis: return "id_basis"
        case .storageBytes: return "storage_bytes"
        case .modelKind: return "model_kind"
        default: return String(describing: self)
        }
    }

    /// The field of a name of up to eight bytes, given as one little-endian word.
    @inline(__always)
    static func short(_ word: UInt64) -> RecordField? {
        switch word {
        case 0x6d72_6f66_7461_6c70: return .platform
        case 0x646e_696b: return .kind
        case 0x6469: return .id
        case 0x7374: return .ts
        case 0x6e: return .n
        case 0x6563_6976_6564: return .device
        case 0x6d72_6f66: return .form
        case 0x6e69_6d: return .min
        case 0x7861_6d: return .max
        case 0x7463_6e69_7473_6964: return .distinct
        case 0x706f: return .op
        case 0x7570_6376: return .vcpu
        case 0x6475_6f6c_63: return .cloud
        case 0x7265_6469_766f_7270: return .provider
        case 0x6369_7274_656d: return .metric
        case 0x6575_6c61_76: return .value
        case 0x6572_6f63: return .core
        case 0x7265_7375: return .user
        case 0x7463_61: return .act
        case 0x7070_61: return .app
        case 0x746e_616e_6574: return .tenant
        case 0x6c65_646f_6d: return .model
        case 0x6564_6f63: return .code
        case 0x7972_746e_756f_63: return .country
        case 0x7265_626d_756e: return .number
        case 0x676e_6979_6170: return .paying
        case 0x646f_6972_6570: return .period
        case 0x7365_756c_6176: return .values
        case 0x6570_7974: return .type
        case 0x796e_6170_6d6f_63: return .company
        case 0x6e6f_6967_6572: return .region
        case 0x7374_6e69_6f70: return .points
        case 0x656c_7469_74: return .title
        case 0x7972_7473_7564_6e69: return .industry
        case 0x6f69_7261_6e65_6373: return .scenario
        case 0x7369_7361_625f_6469: return .idBasis
        default: return nil
        }
    }
}

/// A set of fields.
struct FieldSet: OptionSet {
    let rawValue: UInt64

    @inline(__always) init(rawValue: UInt64) { self.rawValue = rawValue }

    @inline(__always)
    init(_ fields: RecordField...) {
        var bits: UInt64 = 0
        for field in fields { bits |= field.bit }
        self.rawValue = bits
    }

    @inline(__always) func contains(_ field: RecordField) -> Bool { rawValue & field.bit != 0 }

    /// The first field in declaration order; nil for the empty set.
    var first: RecordField? { rawValue == 0 ? nil : RecordField(rawValue: UInt8(rawValue.trailingZeroBitCount)) }

    var fields: [RecordField] { RecordField.allCases.filter(contains) }
}
