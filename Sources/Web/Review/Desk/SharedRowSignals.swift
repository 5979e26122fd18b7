import Review
import Scheme
import Submit
import Vocabulary

/// The same person, certificate, company or case text in the lists of two submissions, and what repeats within one.
///
/// A signal says that somebody should ask; a claim alone harms nobody. What was found is kept until a list changes.
public actor SharedRowSignals: SignalSource {
    private let store: any SharedRowStore
    private let declarations: any DeclarationStore
    private let rounds: any RoundStore

    /// What was found over the lists as they stood at a revision.
    private struct Found {
        let revision: Int
        let scheme: Digest
        var keyed: [(kind: Kind, rows: SharedRows)] = []
        var repeated: [CellAddress: [Int]] = [:]
        var texts: [Likeness] = []
    }
    private var kept: [RoundID: Found] = [:]

    /// Two rows whose typed texts are nearly the same.
    private struct Likeness: Sendable {
        let cell: CellAddress
        let row: Int
        let other: CellAddress
        let otherRow: Int
        let share: Int
    }

    /// What a row's key tells of.
    enum Kind: String, Sendable { case person, certificate, company }

    /// Typed texts are compared from so many different shingles on: about two sentences.
    static let leastShingles = 30
    /// Rows of one signal.
    static let mostRows = 500
    /// Rows of case lists that are compared, over all platforms.
    static let mostTexts = 20_000

    public init(_ store: any SharedRowStore, declarations: any DeclarationStore, rounds: any RoundStore) {
        self.store = store
        self.declarations = declarations
        self.rounds = rounds
    }

    public func signals(_ round: Round, scheme: IndicatorScheme) async throws -> [RaisedSignal] {
        let known = Set(scheme.signals.map(\.id))
        guard known.contains("shared-documents") || known.contains("shared-companies") else { return [] }
        let parts = try await submitted(round.id)
        let found = try await found(round, scheme, parts)
        let names = parts.mapValues(\.name)
        var all = found.keyed.flatMap { keyed($0.kind, $0.rows, names) }
        all += found.repeated.compactMap { cell, rows in
            guard names[cell.platform] != nil else { return nil }
            return RaisedSignal(
                kind: "shared-documents", platform: cell.platform, indicator: cell.indicator, rows: rows,
                places: ["repeat"], code: "desk.signal.repeated_rows", values: ["count": "\(rows.count)"])
        }
        all += found.texts.compactMap { text($0, names) }
        return all.filter { known.contains($0.kind) }
    }

    /// Those that have been handed in and are not out of the round: nobody is asked about what is still being typed.
    private func submitted(_ round: RoundID) async throws -> [PlatformID: Participation] {
        let out: Set<SubmissionState> = [.draft, .withdrawn, .notAccepted, .notRecommended]
        var found: [PlatformID: Participation] = [:]
        var after: PlatformID?
        while true {
            let page = try await rounds.participations(round, after: after, limit: 200)
            for one in page where !out.contains(one.submission) { found[one.platform] = one }
            guard page.count == 200, let last = page.last else { return found }
            after = last.platform
        }
    }

    private func found(
        _ round: Round, _ scheme: IndicatorScheme, _ parts: [PlatformID: Participation]
    ) async throws -> Found {
        let revision = try await store.revision(round.id)
        if let known = kept[round.id], known.revision == revision, known.scheme == scheme.digest { return known }
        var found = Found(revision: revision, scheme: scheme.digest)
        for indicator in scheme.indicators {
            guard let kind = Self.kind(indicator) else { continue }
            found.keyed += try await store.shared(round.id, indicator.id).map { (kind, $0) }
        }
        found.repeated = try await store.repeated(round.id)
        for indicator in scheme.indicators where Self.isCase(indicator) {
            found.texts += try await texts(round.id, indicator, try await everybody(round.id))
        }
        kept[round.id] = found
        return found
    }

    private func everybody(_ round: RoundID) async throws -> [PlatformID] {
        var found: [PlatformID] = []
        while true {
            let page = try await rounds.participations(round, after: found.last, limit: 200)
            found += page.map(\.platform)
            if page.count < 200 { return found }
        }
    }

    // MARK: - By key

    /// What the key fields of the list tell of; nil where equal rows are no surprise: a park has many suppliers, a
    /// standard many drafters, a scenario many cases.
    static func kind(_ indicator: Indicator) -> Kind? {
        let keys = indicator.items.filter(\.isKey)
        if keys.contains(where: \.isPersonal) { return .person }
        if keys.contains(where: { $0.kind == .creditCode }) { return .company }
        let isCertificate = keys.contains { field in
            if case .certificate(let form) = field.kind { return form != "standard" }
            return false
        }
        return isCertificate ? .certificate : nil
    }

    private func keyed(_ kind: Kind, _ shared: SharedRows, _ names: [PlatformID: String]) -> [RaisedSignal] {
        guard names[shared.cell.platform] != nil else { return [] }
        var byOther: [PlatformID: [(row: Int, other: Int)]] = [:]
        for (row, places) in shared.rows.sorted(by: { $0.key < $1.key }) {
            for place in places where names[place.platform] != nil {
                byOther[place.platform, default: []].append((row, place.row))
            }
        }
        if kind == .company { return companies(shared.cell, byOther, names) }
        return byOther.sorted { $0.key < $1.key }.map { other, pairs in
            signal(
                "shared-documents", shared.cell, rows: pairs.map(\.row), places: [kind.rawValue, other.rawValue],
                "desk.signal.same_\(kind.rawValue)",
                [
                    "count": "\(pairs.count)", "other": names[other] ?? other.rawValue,
                    "others": Self.text(pairs.map(\.other)),
                ])
        }
    }

    /// One signal a list: where customers overlap with most platforms a signal a pair would drown the desk.
    private func companies(
        _ cell: CellAddress, _ byOther: [PlatformID: [(row: Int, other: Int)]], _ names: [PlatformID: String]
    ) -> [RaisedSignal] {
        let ranked = byOther.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        guard let first = ranked.first else { return [] }
        let rows = Set(byOther.values.flatMap { $0.map(\.row) }).sorted()
        return [
            signal(
                "shared-companies", cell, rows: rows, places: ["company"], "desk.signal.same_company",
                [
                    "count": FigureFormat.grouped(rows.count), "platforms": "\(byOther.count)",
                    "other": names[first.key] ?? first.key.rawValue, "most": FigureFormat.grouped(first.value.count),
                    "others": Self.text(first.value.map(\.other)),
                ])
        ]
    }

    private func signal(
        _ kind: String, _ cell: CellAddress, rows: [Int], places: [String], _ code: String, _ values: [String: String]
    ) -> RaisedSignal {
        RaisedSignal(
            kind: kind, platform: cell.platform, indicator: cell.indicator,
            rows: Array(Set(rows).sorted().prefix(Self.mostRows)), places: places, code: code, values: values)
    }

    private static func text(_ rows: [Int]) -> String {
        let sorted = Set(rows).sorted()
        return sorted.prefix(10).map { "\($0)" }.joined(separator: ", ") + (sorted.count > 10 ? " …" : "")
    }

    // MARK: - By text

    /// A list of cases that experts mark: its texts are typed.
    static func isCase(_ indicator: Indicator) -> Bool {
        let isMarked = indicator.markValue != nil
        return isMarked && indicator.items.contains { $0.kind == .text && !$0.isPersonal }
    }

    private func texts(
        _ round: RoundID, _ indicator: Indicator, _ platforms: [PlatformID]
    ) async throws -> [Likeness] {
        let fields = indicator.items.filter { $0.kind == .text && !$0.isPersonal }.map(\.id)
        var prints: [(cell: CellAddress, row: Int, print: TextPrint)] = []
        for platform in platforms where prints.count < Self.mostTexts {
            let cell = CellAddress(round: round, platform: platform, indicator: indicator.id)
            for row in try await declarations.rows(cell, after: 0, changedAfter: 0, limit: 500) {
                let text = fields.compactMap { row.fields[$0] }.joined(separator: " ")
                guard let print = TextPrint(text, leastShingles: Self.leastShingles) else { continue }
                prints.append((cell, row.number, print))
            }
        }
        var bands: [[Int64: [Int]]] = Array(repeating: [:], count: TextPrint.bandCount)
        var found: [Likeness] = []
        for (index, one) in prints.enumerated() {
            var candidates: Set<Int> = []
            for (band, hash) in one.print.bands.enumerated() {
                candidates.formUnion(bands[band][hash] ?? [])
                bands[band][hash, default: []].append(index)
            }
            for candidate in candidates.sorted() {
                let other = prints[candidate]
                let share = one.print.likeness(other.print)
                guard share >= TextPrint.nearLikeness else { continue }
                let percent = Int((share * 100).rounded())
                found.append(
                    Likeness(cell: one.cell, row: one.row, other: other.cell, otherRow: other.row, share: percent))
                if one.cell != other.cell {
                    found.append(
                        Likeness(cell: other.cell, row: other.row, other: one.cell, otherRow: one.row, share: percent))
                }
            }
        }
        return found
    }

    private func text(_ pair: Likeness, _ names: [PlatformID: String]) -> RaisedSignal? {
        guard names[pair.cell.platform] != nil, let other = names[pair.other.platform] else { return nil }
        let isOwn = pair.cell == pair.other
        return signal(
            "shared-documents", pair.cell, rows: [pair.row],
            places: ["text", pair.other.platform.rawValue, "\(pair.otherRow)"],
            isOwn ? "desk.signal.text_within" : "desk.signal.same_text",
            ["other": other, "row": "\(pair.otherRow)", "share": "\(pair.share)"])
    }
}
