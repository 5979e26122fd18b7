import Trust
import Vocabulary

/// The record of a check on site: when, where, who was there, what was looked at and what was found.
public struct SiteCheck: Sendable, Hashable {
    /// What was found of one item.
    public enum Finding: String, Sendable, Hashable, Codable, CaseIterable {
        case agrees
        case differs
        case unchecked
    }

    /// One item of the list, an indicator of the scheme.
    public struct Item: Sendable, Hashable, Codable {
        public let indicator: IndicatorID
        public let finding: Finding
        /// What was seen; required where it differs.
        public let note: String

        public init(indicator: IndicatorID, finding: Finding, note: String) {
            self.indicator = indicator
            self.finding = finding
            self.note = note
        }
    }

    public let round: RoundID
    public let platform: PlatformID
    public let heldOn: CivilDay
    public let place: String
    /// Who was there for the company, in words.
    public let present: String
    public let items: [Item]
    /// What was found, in words.
    public let findings: String
    public let by: AccountID
    public let at: Instant
    /// 1 for the first record, one more with every change; a signature is of one version.
    public let version: Int

    public init(
        round: RoundID, platform: PlatformID, heldOn: CivilDay, place: String, present: String, items: [Item],
        findings: String, by: AccountID, at: Instant, version: Int
    ) {
        self.round = round
        self.platform = platform
        self.heldOn = heldOn
        self.place = place
        self.present = present
        self.items = items
        self.findings = findings
        self.by = by
        self.at = at
        self.version = version
    }

    /// How many different verifiers have to sign.
    public static let signatures = 2

    /// The pseudo-indicator under which photographs are kept as evidence.
    public static let photographs = IndicatorID("site-check")

    /// What is signed: canonical JSON of everything but who wrote it last and when.
    public var signedContent: CanonicalJSON {
        .object([
            "round": .string(round.rawValue), "platform": .string(platform.rawValue),
            "heldOn": .string(heldOn.description), "place": .string(place), "present": .string(present),
            "items": .array(
                items.map {
                    .object([
                        "indicator": .string($0.indicator.rawValue), "finding": .string($0.finding.rawValue),
                        "note": .string($0.note),
                    ])
                }), "findings": .string(findings), "version": .string("\(version)"),
        ])
    }

    /// SHA-256 over the signed content.
    public var digest: Digest { Digest.sha256(of: signedContent.bytes) }

    /// What is wrong with the record before it is kept.
    public func faults(today: CivilDay) -> [Vocabulary.Finding] {
        var found: [Vocabulary.Finding] = []
        func fault(_ code: String, _ place: String) { found.append(.init(.error, code, at: place)) }
        if heldOn > today { fault("sampling.site_date_future", "heldOn") }
        for (name, text, most) in [("place", place, 200), ("present", present, 500), ("findings", findings, 5000)] {
            if text.trimmingWhitespace().isEmpty { fault("sampling.site_field_missing", name) }
            if text.count > most { fault("sampling.site_field_long", name) }
        }
        for item in items {
            let isExplained = !item.note.trimmingWhitespace().isEmpty
            if item.finding == .differs, !isExplained {
                fault("sampling.site_note_missing", item.indicator.rawValue)
            }
            if item.note.count > 500 { fault("sampling.site_field_long", item.indicator.rawValue) }
        }
        if !items.contains(where: { $0.finding != .unchecked }) { fault("sampling.site_nothing_checked", "items") }
        return found
    }
}

/// A verifier's signature under one version of the record.
public struct SiteSignature: Sendable, Hashable {
    public let account: AccountID
    public let at: Instant
    public let version: Int
    /// Of the record that was signed.
    public let digest: Digest

    public init(account: AccountID, at: Instant, version: Int, digest: Digest) {
        self.account = account
        self.at = at
        self.version = version
        self.digest = digest
    }
}

/// Where records of checks on site are kept. Earlier versions are kept beside the present one.
public protocol SiteCheckStore: Sendable {
    func check(_ round: RoundID, _ platform: PlatformID) async throws -> SiteCheck?
    func checks(_ round: RoundID) async throws -> [SiteCheck]
    /// Of the present version, in the order of signing.
    func signatures(_ check: SiteCheck) async throws -> [SiteSignature]
    /// - Throws: `review.stale` when the stored version is not one less.
    func save(_ check: SiteCheck, entry: AuditEntry) async throws
    /// The same verifier again changes nothing. - Throws: `review.stale` when the version is not the present one.
    func sign(_ check: SiteCheck, _ signature: SiteSignature, entry: AuditEntry) async throws
}
