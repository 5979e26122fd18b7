import Review
import Submit
import Trust
import Vocabulary

/// What the versions of stamped papers are told by.
struct PaperContents: Sendable {
    let declarations: any DeclarationStore
    let evidence: any EvidenceStore

    /// The content of one of the two papers that a company stamps.
    func of(_ kind: PaperKind, _ participation: Participation, _ round: Round) async throws -> CanonicalJSON {
        if kind == .commitment { return Self.commitment(participation, round) }
        return try await declaration(participation, round)
    }

    /// The application as it stands now.
    func declaration(_ participation: Participation, _ round: Round) async throws -> CanonicalJSON {
        let content = try await DeclarationContent(
            round.id, participation.platform, declarations: declarations, evidence: evidence)
        return content.canonical(Self.head(participation, round))
    }

    /// The promise names who promises, and no figure: it is stamped once.
    static func commitment(_ participation: Participation, _ round: Round) -> CanonicalJSON {
        var head = head(participation, round)
        head["format"] = "heng-commitment-1"
        return .object(head)
    }

    /// What a city recommends: the platforms it has before it or has recommended.
    static func summary(_ city: RegionCode, _ round: Round, _ platforms: [Participation]) -> CanonicalJSON {
        [
            "format": "heng-summary-1", "round": .string(round.id.rawValue), "city": .string(city.rawValue),
            "platforms": .array(
                listed(city, platforms).map {
                    [
                        "platform": .string($0.platform.rawValue), "name": .string($0.name),
                        "company": .string($0.company.name), "code": .string($0.company.code.text),
                    ]
                }),
        ]
    }

    /// The platforms of a city's summary, in the order of their ids.
    static func listed(_ city: RegionCode, _ platforms: [Participation]) -> [Participation] {
        let early: Set<SubmissionState> = [.draft, .countyReview, .returned]
        return platforms.filter {
            $0.company.region.city == city.city && !early.contains($0.submission) && !$0.submission.isOut
        }.sorted { $0.platform < $1.platform }
    }

    private static func head(_ participation: Participation, _ round: Round) -> [String: CanonicalJSON] {
        [
            "round": .string(round.id.rawValue), "scheme": .string(round.schemeDigest.hex),
            "platform": .string(participation.platform.rawValue), "name": .string(participation.name),
            "type": .string(participation.type), "company": .string(participation.company.name),
            "code": .string(participation.company.code.text), "region": .string(participation.company.region.rawValue),
        ]
    }
}
