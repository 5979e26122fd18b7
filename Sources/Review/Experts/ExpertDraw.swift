import Vocabulary

/// Who marks an indicator: drawn by lot from a seed that nobody could know when the pool was frozen.
///
/// An expert is never drawn for a field in which their employer, or the group it belongs to, is an applicant, or in which
/// they have declared a conflict; of one employer or group at most one sits on a panel. Among the others those with the
/// fewest indicators in the round come first, equal loads by the smallest SHA-256(seed ‖ name ‖ account), so that
/// anybody can repeat the draw with a pocket tool.
public enum ExpertDraw {
    /// An applicant as far as it decides who must not judge it.
    public struct Applicant: Sendable, Hashable, Codable {
        public let platform: PlatformID
        public let code: String
        public let company: String
        /// Name or credit code of its group; empty for none that is known.
        public let group: String

        public init(platform: PlatformID, code: String, company: String, group: String = "") {
            self.platform = platform
            self.code = code
            self.company = company
            self.group = group
        }
    }

    /// An expert of the pool at the moment of the draw.
    public struct Candidate: Sendable, Hashable, Codable {
        public let account: AccountID
        public let employer: String
        public let employerCode: String
        public let group: String
        public let fields: [ExpertField]
        /// Indicators of the round that the expert marks already.
        public let load: Int
        /// Platforms for which the expert has declared a conflict.
        public let conflicts: [PlatformID]
        /// What keeps the expert away whatever the field: retired, no account; nil for nothing.
        public let absence: Reason?

        public init(_ expert: Expert, load: Int = 0, conflicts: [PlatformID] = [], absence: Reason? = nil) {
            account = expert.account
            employer = expert.employer
            employerCode = expert.employerCode
            group = expert.group
            fields = expert.fields
            self.load = load
            self.conflicts = conflicts
            self.absence = expert.retired == nil ? absence : .retired
        }
    }

    /// Why somebody was not drawn.
    public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        case retired
        /// No open account with the role of an expert.
        case account
        /// The employer is an applicant.
        case employer
        /// The employer and an applicant belong to one group.
        case group
        /// A conflict was declared.
        case conflict
        /// The field that was asked for is not the expert's.
        case field
        /// Sits on a panel of this indicator, or has left one.
        case present
        /// Another of the same employer or group was drawn.
        case quota
        /// The lot did not fall on them; they stand by.
        case lot
    }

    /// Somebody who was not drawn, with the reason and whom it concerns.
    public struct Exclusion: Sendable, Hashable, Codable {
        public let account: AccountID
        public let reason: Reason
        /// The platform or account that the reason speaks of; empty where it speaks of none.
        public let of: String

        public init(account: AccountID, reason: Reason, of: String = "") {
            self.account = account
            self.reason = reason
            self.of = of
        }
    }

    /// Everything that decides the draw; equal requests have equal outcomes everywhere.
    public struct Request: Sendable, Hashable, Codable {
        /// What tells this draw from others under the same seed: `2025-demo/scenarios`.
        public let name: String
        /// The root of a log checkpoint made after the pool was frozen in the log, in hex.
        public let seed: String
        public let seats: Int
        public let panels: Int
        public let field: ExpertField?
        public let applicants: [Applicant]
        public let candidates: [Candidate]

        public init(
            name: String, seed: String, seats: Int, panels: Int = 1, field: ExpertField? = nil,
            applicants: [Applicant], candidates: [Candidate]
        ) {
            self.name = name
            self.seed = seed
            self.seats = seats
            self.panels = panels
            self.field = field
            self.applicants = applicants
            self.candidates = candidates
        }
    }

    /// What came of it.
    public struct Outcome: Sendable, Hashable, Codable {
        /// The experts of every panel, in the order in which they were drawn.
        public let panels: [[AccountID]]
        /// Everybody else, in the order of their accounts.
        public let excluded: [Exclusion]
    }

    /// - Throws: `experts.too_few` with how many are free of every conflict and how many seats there are;
    ///   `experts.seats_even` for an even number of seats or fewer than three.
    public static func run(_ request: Request) throws(Failure) -> Outcome {
        guard request.seats >= 3, request.seats % 2 == 1, request.panels >= 1 else {
            throw Failure("experts.seats_even", ["seats": "\(request.seats)"])
        }
        var excluded: [Exclusion] = []
        var free: [Candidate] = []
        for candidate in request.candidates {
            if let found = exclusion(of: candidate, request) { excluded.append(found) } else { free.append(candidate) }
        }
        let order = inOrder(free, request)
        var panels: [[Candidate]] = []
        var drawn: Set<AccountID> = []
        for _ in 0..<request.panels {
            var panel: [Candidate] = []
            for candidate in order where panel.count < request.seats && !drawn.contains(candidate.account) {
                if panel.contains(where: { areKin($0, candidate) }) { continue }
                panel.append(candidate)
                drawn.insert(candidate.account)
            }
            panels.append(panel)
        }
        guard panels.allSatisfy({ $0.count == request.seats }) else {
            throw Failure(
                "experts.too_few", ["free": "\(free.count)", "seats": "\(request.seats * request.panels)"])
        }
        for candidate in order where !drawn.contains(candidate.account) {
            let kin = panels.compactMap { panel in panel.first { areKin($0, candidate) } }
            let isQuota = kin.count == panels.count
            excluded.append(
                Exclusion(
                    account: candidate.account, reason: isQuota ? .quota : .lot,
                    of: isQuota ? kin.first?.account.rawValue ?? "" : ""))
        }
        return Outcome(
            panels: panels.map { $0.map(\.account) }, excluded: excluded.sorted { $0.account < $1.account })
    }

    /// The next who may take a seat beside `panel`, by the same lots; nil when nobody is left.
    ///
    /// - Parameters:
    ///   - panel: Who stays on the panel; of their employers and groups nobody is taken.
    ///   - taken: Who sits or sat anywhere in the indicator.
    public static func next(_ request: Request, beside panel: [AccountID], taken: Set<AccountID>) -> AccountID? {
        let staying = request.candidates.filter { panel.contains($0.account) }
        let free = request.candidates.filter { candidate in
            !taken.contains(candidate.account) && exclusion(of: candidate, request) == nil
                && !staying.contains { areKin($0, candidate) }
        }
        return inOrder(free, request).first?.account
    }

    /// Why the candidate must not sit in this field; nil when nothing stands against it.
    public static func exclusion(of candidate: Candidate, _ request: Request) -> Exclusion? {
        func out(_ reason: Reason, _ of: String = "") -> Exclusion {
            Exclusion(account: candidate.account, reason: reason, of: of)
        }
        if let absence = candidate.absence { return out(absence) }
        for applicant in request.applicants {
            let sameCode = !candidate.employerCode.isEmpty && candidate.employerCode == applicant.code
            if sameCode || plain(candidate.employer) == plain(applicant.company) {
                return out(.employer, applicant.platform.rawValue)
            }
            let own = Set(
                [candidate.group, candidate.employerCode, candidate.employer].map(plain).filter { !$0.isEmpty })
            let theirs = Set([applicant.group, applicant.code, applicant.company].map(plain).filter { !$0.isEmpty })
            if !own.isDisjoint(with: theirs) { return out(.group, applicant.platform.rawValue) }
        }
        let platforms = Set(request.applicants.map(\.platform))
        if let conflict = candidate.conflicts.first(where: platforms.contains) {
            return out(.conflict, conflict.rawValue)
        }
        if let field = request.field, !candidate.fields.contains(field) { return out(.field) }
        return nil
    }

    /// Same employer or same group.
    static func areKin(_ a: Candidate, _ b: Candidate) -> Bool {
        func names(_ one: Candidate) -> Set<String> {
            Set([one.employer, one.employerCode, one.group].map(plain).filter { !$0.isEmpty })
        }
        return !names(a).isDisjoint(with: names(b))
    }

    private static func inOrder(_ candidates: [Candidate], _ request: Request) -> [Candidate] {
        let lots = candidates.map { candidate in
            let text = "\(request.seed)/\(request.name)/\(candidate.account)"
            return (lot: Digest.sha256(of: Array(text.utf8)), candidate: candidate)
        }
        return lots.sorted { a, b in
            (a.candidate.load, a.lot, a.candidate.account) < (b.candidate.load, b.lot, b.candidate.account)
        }.map(\.candidate)
    }

    /// Names compare without white space, brackets and case.
    private static func plain(_ text: String) -> String {
        String(
            text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil })
    }

    /// Which panel marks which case: every panel gets the anchor cases, the rest is dealt out in turn by lot.
    ///
    /// - Parameters:
    ///   - above: Up to so many cases one panel marks all; nil never splits.
    ///   - anchors: How many cases all panels share when there are several.
    /// - Returns: for each panel its cases, ascending, and the anchors.
    public static func share(
        _ platforms: [PlatformID], above: Int?, anchors: Int, seed: String, name: String
    ) -> (panels: [[PlatformID]], anchors: Set<PlatformID>) {
        guard let above, above > 0, platforms.count > above else { return ([platforms.sorted()], []) }
        let count = (platforms.count + above - 1) / above
        let order = platforms.map { ($0, Digest.sha256(of: Array("\(seed)/\(name)/case/\($0)".utf8))) }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
        let shared = Array(order.prefix(min(anchors, order.count)))
        var panels = [[PlatformID]](repeating: shared, count: count)
        for (index, platform) in order.dropFirst(shared.count).enumerated() { panels[index % count].append(platform) }
        return (panels.map { $0.sorted() }, Set(shared))
    }
}
