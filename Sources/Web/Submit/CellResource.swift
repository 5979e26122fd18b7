import Access
import Review
import Scheme
import Submit
import Vocabulary

/// A cell as the API shows it: both sides, its review state, and what the asker may do.
struct CellResource: Encodable, Sendable {
    struct Declared: Encodable, Sendable {
        let values: [String: ExactDecimal]
        let by: AccountID
        let at: Instant
        let version: Int
    }
    struct Verified: Encodable, Sendable {
        let values: [String: ExactDecimal]
        let evidenceLevel: Int?
        let completeness: ExactDecimal?
        let basis: Verification.Basis
        let reason: String
        let by: AccountID
        let at: Instant
        let version: Int
        let logIndex: Int?
    }
    struct Returned: Encodable, Sendable {
        let reasonCode: CellReturn.ReasonCode
        let reason: String
        /// Rows of the list that alone are sent back; empty: the whole item.
        let rows: [Int]
        let by: AccountID
        let at: Instant
    }

    let indicator: IndicatorID
    let number: Int
    let title: LocalizedText
    let unit: LocalizedText
    let mode: CollectionMode
    let state: CellState
    let declared: Declared?
    let verified: Verified?
    let returned: Returned?
    /// Accepted rows of the list; null where the indicator asks for none.
    let itemCount: Int?
    let evidenceCount: Int
    /// Figures of the item may be declared and its list replaced.
    let mayDeclare: Bool
    /// Rows of the list may be changed, those that were sent back if only they were.
    let mayEditRows: Bool
    let mayVerify: Bool
    let mayReturn: Bool
}

/// What is known of all cells of one platform, read once for the list, the page and single cells.
struct CellBook: Sendable {
    let access: CellAccess
    let declarations: [IndicatorID: Declaration]
    let verifications: [IndicatorID: Verification]
    let returns: [IndicatorID: CellReturn]
    let listCounts: [IndicatorID: Int]
    let evidence: [IndicatorID: [EvidenceFile]]
    /// The fields of the forms as they were typed, by indicator and value id.
    let drafts: [IndicatorID: [String: DraftField]]

    init(_ services: Services, _ access: CellAccess) async throws {
        let (round, platform) = (access.round.id, access.participation.platform)
        let stores = services.cells
        self.access = access
        let declared = try await stores.declarations.declarations(round, platform)
        let verified = try await stores.verifications.verifications(round, platform)
        let returned = try await stores.verifications.returns(round, platform)
        let files = try await stores.evidence.files(round, platform)
        declarations = declared.reduce(into: [:]) { $0[$1.cell.indicator] = $1 }
        verifications = verified.reduce(into: [:]) { $0[$1.cell.indicator] = $1 }
        returns = returned.reduce(into: [:]) { $0[$1.cell.indicator] = $1 }
        listCounts = try await stores.declarations.listCounts(round, platform)
        evidence = Swift.Dictionary(grouping: files, by: \.cell.indicator)
        drafts = try await stores.declarations.drafts(round, platform).reduce(into: [:]) {
            $0[$1.cell.indicator, default: [:]][$1.figure] = $1
        }
    }

    /// What keeps typed texts of the cell from being declared.
    func wrong(_ indicator: Indicator) -> [Finding] {
        guard let fields = drafts[indicator.id], !fields.isEmpty,
            let reader = try? DeclarationReader(indicator: indicator, scheme: access.scheme)
        else { return [] }
        return DraftReading(
            fields: fields, present: declarations[indicator.id]?.values ?? [:],
            figures: indicator.declaredFigures(in: access.scheme), isListed: listCounts[indicator.id, default: 0] > 0,
            reader: reader, borrowed: values
        ).findings
    }

    /// All declared values of the platform, by value id.
    var values: [String: ExactDecimal] {
        declarations.values.reduce(into: [:]) { $0.merge($1.values) { _, new in new } }
    }

    var completeness: Completeness {
        Completeness(
            scheme: access.scheme, values: values, listed: Set(listCounts.filter { $0.value > 0 }.keys),
            emptied: Set(listCounts.filter { $0.value == 0 }.keys),
            evidence: evidence.mapValues { Set($0.compactMap(\.requirement)) })
    }

    func state(_ indicator: Indicator) -> CellState {
        let comesFromOutside = ![.upload, .given].contains(indicator.mode) || indicator.markValue != nil
        return CellState.of(
            declaredVersion: declarations[indicator.id]?.version ?? (listCounts[indicator.id] == nil ? nil : 0),
            isSubmitted: access.isSubmitted, returned: returns[indicator.id],
            verification: access.seesVerified ? verifications[indicator.id] : nil,
            awaitsOutside: access.isSubmitted && comesFromOutside)
    }

    /// Whether the company types the figure: a counted one only while there is no list to count (to say 0).
    func isTyped(_ figure: DeclaredFigure, _ indicator: Indicator) -> Bool {
        figure.isTyped || (figure.source == .list && listCounts[indicator.id, default: 0] == 0)
    }

    func lock(_ indicator: Indicator) -> Failure? {
        access.lock(returns[indicator.id], anyReturned: !returns.isEmpty)
    }

    func rowLock(_ indicator: Indicator) -> RowLock { RowLock(access, returns[indicator.id]) }

    /// The company may edit figures and list as a whole.
    func isWhole(_ indicator: Indicator) -> Bool { lock(indicator) == nil && rowLock(indicator).open == nil }

    func resource(_ indicator: Indicator) -> CellResource {
        let verified = access.seesVerified ? verifications[indicator.id] : nil
        let isReturnable = CellReturn.isAllowed(in: access.participation.submission)
        return CellResource(
            indicator: indicator.id, number: indicator.number, title: indicator.title, unit: indicator.unit,
            mode: indicator.mode, state: state(indicator),
            declared: declarations[indicator.id].map {
                .init(values: $0.values, by: $0.by, at: $0.at, version: $0.version)
            },
            verified: verified.map {
                .init(
                    values: $0.values, evidenceLevel: $0.evidenceLevel?.rawValue, completeness: $0.completeness,
                    basis: $0.basis, reason: $0.reason, by: $0.by, at: $0.at, version: $0.version,
                    logIndex: $0.logIndex)
            },
            returned: returns[indicator.id].map {
                .init(reasonCode: $0.reasonCode, reason: $0.reason, rows: $0.rows, by: $0.by, at: $0.at)
            },
            itemCount: indicator.items.isEmpty ? nil : listCounts[indicator.id] ?? 0,
            evidenceCount: evidence[indicator.id]?.count ?? 0,
            mayDeclare: !indicator.declaredFigures(in: access.scheme).isEmpty && access.may(.declareCell)
                && isWhole(indicator),
            mayEditRows: !indicator.items.isEmpty && access.may(.declareCell) && lock(indicator) == nil,
            mayVerify: access.may(.verifyCell) && access.isSubmitted,
            mayReturn: access.may(.returnCell) && isReturnable)
    }
}

extension CellReturn {
    /// Cells go back while somebody checks the submission.
    static func isAllowed(in state: SubmissionState) -> Bool {
        [.countyReview, .cityReview, .recommended, .formalCheck, .verification].contains(state)
    }
}
