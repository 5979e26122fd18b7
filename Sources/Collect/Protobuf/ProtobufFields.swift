/// How the fields of `heng.port.v1.Record` stand on the wire.
///
/// Source: `docs/api/heng.port.v1.proto`, which a test compares.
enum ProtobufFields {
    enum Form: UInt8 {
        case kind, text, whole, real, flag, values
    }

    struct Field {
        let name: StaticString
        let form: Form
    }

    /// By number, from 1.
    static let all: [Field] = [
        Field(name: "kind", form: .kind), Field(name: "platform", form: .text), Field(name: "id", form: .text),
        Field(name: "ts", form: .whole), Field(name: "ts", form: .text), Field(name: "n", form: .whole),
        Field(name: "device", form: .text), Field(name: "form", form: .text), Field(name: "min", form: .real),
        Field(name: "max", form: .real), Field(name: "distinct", form: .whole), Field(name: "op", form: .text),
        Field(name: "vcpu", form: .whole), Field(name: "cloud", form: .text), Field(name: "provider", form: .text),
        Field(name: "metric", form: .text), Field(name: "value", form: .real), Field(name: "core", form: .flag),
        Field(name: "user", form: .text), Field(name: "act", form: .text), Field(name: "app", form: .text),
        Field(name: "tenant", form: .text), Field(name: "model", form: .text), Field(name: "code", form: .text),
        Field(name: "country", form: .text), Field(name: "number", form: .text), Field(name: "paying", form: .flag),
        Field(name: "period", form: .text), Field(name: "values", form: .values), Field(name: "type", form: .text),
        Field(name: "company", form: .text), Field(name: "region", form: .text), Field(name: "points", form: .whole),
        Field(name: "title", form: .text), Field(name: "industry", form: .text), Field(name: "scenario", form: .text),
        Field(name: "id_basis", form: .text), Field(name: "storage_bytes", form: .whole),
        Field(name: "model_kind", form: .text),
    ]

    static let values = 29

    /// The wire type that a field of the form has.
    static func wireType(_ form: Form) -> UInt64 {
        switch form {
        case .kind, .whole, .flag: return 0
        case .real: return 1
        case .text, .values: return 2
        }
    }
}
