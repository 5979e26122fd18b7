import Vocabulary

/// Why a row was accepted as the company looked for, strongest first.
public enum MatchRule: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// Both codes pass both checks and are equal.
    case creditCode = "credit-code"
    /// The row carries a former code of the company.
    case formerCode = "former-code"
    /// A former name, exact after normalisation, and no code that says otherwise.
    case formerName = "former-name"
    /// The full name, exact after normalisation, and no code that says otherwise.
    case fullName = "full-name"

    private var step: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
    public static func < (a: MatchRule, b: MatchRule) -> Bool { a.step < b.step }
}

/// By which of its names the platform was recognised, with the operator as witness.
public enum PlatformRule: String, Sendable, Hashable, Codable, CaseIterable {
    case platformName = "platform-name"
    case platformAlias = "platform-alias"
}

/// Why a row is shown to people instead of being accepted.
public enum CandidateReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The name is equal, but the row carries another company's valid code.
    case codeDiffers = "code-differs"
    /// The name is equal, and the list has it under several codes.
    case ambiguousName = "ambiguous-name"
    /// The row's code fails its check and is one slip away from the code looked for.
    case codeOneSlipAway = "code-one-slip-away"
    /// The company is right, the row names another platform.
    case platformDiffers = "platform-differs"
    /// The company is right, the row names no platform.
    case platformNotNamed = "platform-not-named"
    /// The platform's name is right, the company is not.
    case operatorDiffers = "operator-differs"
    /// The name is similar.
    case nearName = "near-name"
}

/// A sentence in both languages: the key of its text and the values of its places.
public struct Statement: Sendable, Hashable, Codable {
    public let code: String
    public let values: [String: String]

    public init(_ code: String, _ values: [String: String] = [:]) {
        self.code = code
        self.values = values
    }
}

/// A row that is the company looked for, with the rule that decided.
public struct AcceptedRow: Sendable, Hashable, Codable {
    public let row: ListRow
    public let rule: MatchRule
    /// Only where a platform was looked for.
    public let platformRule: PlatformRule?
    /// Plain sentences, the rule first.
    public let explanation: [Statement]
}

/// A row that people must look at.
public struct CandidateRow: Sendable, Hashable, Codable {
    public let row: ListRow
    public let reason: CandidateReason
    /// 0…1, of the names; 1 when they are equal after normalisation.
    public let similarity: Double
    public let explanation: [Statement]
}

/// What a list says of one subject; every decision carries the rule that decided and a plain explanation.
public struct MatchDecision: Sendable, Hashable, Codable {
    public enum Outcome: String, Sendable, Hashable, Codable, CaseIterable {
        /// At least one row is the subject.
        case accepted
        /// No row is accepted, some must be looked at by people.
        case candidates
        /// Not on the list; the proof says what was asked of what.
        case absent
    }

    /// The subject's id.
    public let subject: String
    public let list: ListID
    /// In the order of the list.
    public let accepted: [AcceptedRow]
    /// Best first, at most three near names; empty when a row was accepted, except for rows that contradict it.
    public let candidates: [CandidateRow]
    /// What was asked of which file; nil when a row was accepted.
    public let proof: NegativeProof?

    public var outcome: Outcome { !accepted.isEmpty ? .accepted : candidates.isEmpty ? .absent : .candidates }
    /// What was asked, as a sentence; nil when a row was accepted.
    public var proofStatement: Statement? { proof?.statement(outcome) }
    /// The strongest rule among the accepted rows.
    public var rule: MatchRule? { accepted.map(\.rule).min() }
}

/// That somebody is not on a list: the list, its size, its digest and everything that was asked of it.
public struct NegativeProof: Sendable, Hashable, Codable {
    public let title: String
    public let document: String
    public let rowCount: Int
    /// SHA-256 of the list's file.
    public let digest: Digest
    /// Codes asked for, the former ones included.
    public let codes: [CompanyCode]
    /// Names asked for, as given; they are compared in their normal form.
    public let names: [String]

    /// The sentence; with `candidates` it only says that no row was accepted by machine.
    public func statement(_ outcome: MatchDecision.Outcome) -> Statement {
        let key = outcome == .absent ? "match.proof_absent" : "match.proof_undecided"
        return Statement(
            document.isEmpty ? key : key + "_document",
            [
                "title": title, "document": document, "rows": "\(rowCount)", "digest": digest.hex,
                "codes": codes.isEmpty ? "–" : codes.map(\.text).joined(separator: ", "),
                "names": names.isEmpty ? "–" : names.joined(separator: ", "),
            ])
    }
}
