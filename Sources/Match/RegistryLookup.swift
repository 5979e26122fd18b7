import Scheme
import Trust
import Vocabulary

/// What the registry said of one subject.
public enum RegistryOutcome: Sendable, Hashable {
    case answered(MatchedAwards, asOf: CivilDay)
    /// No complete answer: the cell waits, it is never zero.
    case waiting(Failure)

    public static func == (a: RegistryOutcome, b: RegistryOutcome) -> Bool {
        switch (a, b) {
        case (.answered(let x, let dayX), .answered(let y, let dayY)): return x == y && dayX == dayY
        case (.waiting(let x), .waiting(let y)): return x == y
        default: return false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .answered(let awards, let day):
            hasher.combine(awards)
            hasher.combine(day)
        case .waiting(let failure): hasher.combine(failure.code)
        }
    }
}

/// Settles an indicator from the outside registry: asks by code, then by name, and judges what comes back with the
/// same ladder as a list. The registry's own idea of a match is never trusted.
public struct RegistryLookup: Sendable {
    /// After so many subjects in a row without an answer the registry is taken to be down and the rest is not asked.
    public static let failuresInARow = 3

    private let registry: any Registry
    private let indicator: Indicator
    private let dictionaries: [Scheme.Dictionary]
    private let cutOff: CivilDay

    public init(
        registry: any Registry, indicator: Indicator, dictionaries: [Scheme.Dictionary], cutOff: CivilDay
    ) {
        self.registry = registry
        self.indicator = indicator
        self.dictionaries = dictionaries
        self.cutOff = cutOff
    }

    /// Asks for every subject, one after the other, so that a registry is never flooded; results in the same order.
    /// - Parameter progress: told how many are done; what it throws ends the look-up.
    /// - Throws: only `CancellationError`, and what `progress` throws.
    public func lookUp(
        _ subjects: [MatchSubject], progress: @Sendable (Int) async throws -> Void = { _ in }
    ) async throws -> [(subject: MatchSubject, outcome: RegistryOutcome)] {
        var out: [(subject: MatchSubject, outcome: RegistryOutcome)] = []
        var inARow = 0
        var last = Failure("match.registry_unreachable")
        for subject in subjects {
            try Task.checkCancellation()
            try await progress(out.count)
            guard inARow < RegistryLookup.failuresInARow else {
                out.append((subject, .waiting(last)))
                continue
            }
            let outcome = try await lookUp(subject)
            if case .waiting(let failure) = outcome {
                inARow += 1
                last = failure
            } else {
                inARow = 0
            }
            out.append((subject, outcome))
        }
        return out
    }

    /// Asks for one subject.
    /// - Throws: only `CancellationError`.
    public func lookUp(_ subject: MatchSubject) async throws -> RegistryOutcome {
        do {
            var answers: [RegistryAnswer] = []
            for code in [subject.code].compactMap({ $0 }) + subject.formerCodes {
                answers.append(try await registry.ask(.code(code)))
            }
            if answers.allSatisfy(\.companies.isEmpty) {
                for name in [subject.name] + subject.formerNames where !NormalisedName(company: name).isEmpty {
                    answers.append(try await registry.ask(.name(name)))
                }
            }
            guard let last = answers.last else {
                return .waiting(Failure("match.registry_nothing_to_ask", ["subject": subject.id]))
            }
            let list = RegistryLookup.list(of: answers, register: last.register)
            let matching = ListMatching(
                indicator: indicator, dictionaries: dictionaries, lists: [ListIndex(list)], cutOff: cutOff)
            return .answered(matching.settle(subject), asOf: last.register.asOf)
        } catch let failure as Failure {
            return .waiting(failure)
        }
    }

    /// The answers as a list: a row an award, each company once.
    static func list(of answers: [RegistryAnswer], register: RegistryAnswer.Register) -> OfficialList {
        var rows: [ListRow] = []
        var seen: Set<RegistryCompany> = []
        for company in answers.flatMap(\.companies) where seen.insert(company).inserted {
            let check = company.code.map { CompanyCode.check($0) }
            for award in company.awards {
                rows.append(
                    ListRow(
                        number: rows.count + 1, company: company.name, code: check?.code,
                        damagedCode: check.flatMap { $0.code == nil ? $0.given : nil },
                        formerNames: company.formerNames, title: award.title, level: award.level,
                        region: company.region, document: award.document, batch: award.batch,
                        validFrom: award.validFrom, validUntil: award.validUntil,
                        isRevoked: award.status == .revoked))
            }
        }
        // A row without a first day of validity is valid as far back as anybody asks.
        let header = ListHeader(
            title: register.title, issuer: "", document: "", date: CivilDay(daysSince1970: 0), indicator: nil)
        return OfficialList(
            id: ListID("register-" + register.digest.hex.prefix(16)), header: header, digest: register.digest,
            rows: rows,
            rowCount: register.rows)
    }
}
