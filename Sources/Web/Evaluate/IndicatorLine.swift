import Review
import Scheme
import Score
import Submit
import Vocabulary
import Wording

/// One indicator's line of a score sheet, as the API shows it.
struct IndicatorLine: Encodable, Sendable {
    struct Value: Encodable, Sendable {
        let id: String
        let title: LocalizedText
        let unit: LocalizedText
        /// The verified figure; null: missing.
        let verified: String?
        /// What the company, or its own summary, says; null: nothing.
        let declared: String?
    }

    struct Bounds: Encodable, Sendable {
        let floor: Double
        let target: Double
        let foot: Double?
        let origin: Origin
    }

    struct Multiplier: Encodable, Sendable {
        let kind: Factor.Kind
        let value: Double
        let sentence: LocalizedText
    }

    /// On what the verified value rests.
    struct Proof: Encodable, Sendable {
        let basis: Verification.Basis
        let at: Instant
        /// Null for readers outside the authority.
        let by: AccountID?
        let reason: String?
        let evidenceLevel: Int?
        let completeness: ExactDecimal?
        let logIndex: Int?
    }

    struct Note: Encodable, Sendable {
        let code: String
        let severity: Finding.Severity
        let text: LocalizedText
    }

    let id: IndicatorID
    let number: Int
    let title: LocalizedText
    let unit: LocalizedText
    let state: IndicatorScore.State
    let values: [Value]
    let formula: String
    let sentences: [LocalizedText]
    let limits: Bounds?
    let factors: [Multiplier]
    let unrounded: Double
    let points: ExactDecimal
    let full: ExactDecimal
    let origin: Origin
    let notes: [Note]
    let verification: Proof?

    init(_ line: IndicatorScore, _ context: SheetResource.Context) {
        id = line.id
        number = line.number
        title = line.title
        unit = line.unit
        state = line.state
        let declaration = context.declarations.first { $0.cell.indicator == line.id }
        values = line.values.map {
            Value(
                id: $0.id, title: $0.title, unit: $0.unit, verified: $0.value?.text,
                declared: declaration?.values[$0.id]?.description)
        }
        formula = line.formula
        sentences = line.sentences.map { $0.both }
        limits = line.limits.map {
            Bounds(
                floor: $0.floor.value, target: $0.target.value, foot: $0.foot?.value, origin: $0.target.origin)
        }
        factors = line.factors.map { Multiplier(kind: $0.kind, value: $0.value, sentence: $0.sentence.both) }
        unrounded = line.unrounded
        points = line.points
        full = line.full
        origin = line.origin
        notes = line.notes.map { Note(code: $0.code, severity: $0.severity, text: $0.both) }
        let verification = context.verifications.first { $0.cell.indicator == line.id }
        self.verification = verification.map {
            Proof(
                basis: $0.basis, at: $0.at, by: context.showsPersons ? $0.by : nil, reason: $0.reason,
                evidenceLevel: $0.evidenceLevel?.rawValue, completeness: $0.completeness, logIndex: $0.logIndex)
        }
    }
}

extension Sentence {
    /// The sentence in both languages.
    var both: LocalizedText {
        LocalizedText(
            zh: Catalogue.of(.zhHans).text(code, values(in: .zhHans)), en: Catalogue.of(.en).text(code, values(in: .en))
        )
    }
}

extension Finding {
    /// Its text in both languages.
    var both: LocalizedText {
        LocalizedText(zh: Catalogue.of(.zhHans).text(self), en: Catalogue.of(.en).text(self))
    }
}
