import Foundation
import Review
import Submit
import Trust
import Vocabulary

/// What the pages and routes of this area work with: personal data.
public struct PrivacyServices: Sendable {
    /// What stands against actions on submissions, as far as this area knows.
    public var guards: [any TransitionGuard] = []
    /// What happens here after a submission has moved.
    public var followers: [any TransitionFollower] = []
    /// What runs beside the server until it ends.
    public var background: [any BackgroundWork] = []
    /// Nil where nothing is kept: in tests of other areas.
    public var retention: (any RetentionStore)?
    public var schedule = RetentionSchedule()
    /// Encrypts what tells of a person; nil in tests of other areas.
    public var seal: DataSeal?

    public init() {}

    /// Keeps to the schedule from now on.
    public mutating func keep(_ store: any RetentionStore, clock: any Clock, random: any RandomSource) {
        retention = store
        guard let days = DayCutter(zoneName: "Asia/Shanghai") else { return }
        background.append(
            RetentionWork(store: store, schedule: schedule, clock: clock, random: random, days: days))
    }

    /// One person's keyed digest over name, last digits and certificate, normalised: equal for the same person in two
    /// submissions, telling nothing to who has not the key. Nil without a key.
    public func personDigest(_ fields: [String: String], personal: Set<String>) -> Digest? {
        let text = personal.sorted().map { key in
            (fields[key] ?? "").precomposedStringWithCompatibilityMapping.uppercased().filter { !$0.isWhitespace }
        }.joined(separator: "\u{1F}")
        return seal?.keyedDigest(of: text)
    }
}
