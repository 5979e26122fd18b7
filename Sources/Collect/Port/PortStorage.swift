import Vocabulary

/// A place in the port's files whose bytes are not those that were written.
public struct PortDamage: Sendable, Hashable {
    /// The file's name in the port's folder.
    public var file: String
    /// Bytes from the file's beginning.
    public var offset: Int
    /// The batch whose facts lie there; nil for a compacted set, which is made anew from its batches.
    public var batch: String?
    /// What is wrong: `checksum`, `magic`, `length` …
    public var reason: String

    public init(file: String, offset: Int, batch: String?, reason: String) {
        self.file = file
        self.offset = offset
        self.batch = batch
        self.reason = reason
    }
}

/// What a look through all of the port's files found.
public struct PortInspection: Sendable {
    /// Batches with facts, and the bytes of their frames.
    public var batches = 0
    public var batchBytes = 0
    /// Compacted sets' parts, their facts and bytes.
    public var sets = 0
    public var setFacts = 0
    public var setBytes = 0
    public var damages: [PortDamage] = []

    public init() {}
}

extension Failure {
    /// The place that a `collect.segment_damaged` names; nil for other failures.
    public var portDamage: PortDamage? {
        guard code == "collect.segment_damaged", let file = values["file"],
            let offset = values["offset"].flatMap({ Int($0) })
        else { return nil }
        let batch = values["batch"].flatMap { $0.isEmpty ? nil : $0 }
        return PortDamage(file: file, offset: offset, batch: batch, reason: values["reason"] ?? "")
    }
}
