/// The forms in which records come; both say the same by the same rules.
public enum RecordForm: String, Sendable, Hashable, CaseIterable {
    /// One JSON object a line.
    case ndjson = "application/x-ndjson"
    /// Length-delimited messages of `heng.port.v1.Record` (`docs/api/heng.port.v1.proto`).
    case protobuf = "application/x-protobuf"
}
