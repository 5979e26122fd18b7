import Evaluate
import Foundation
import Review
import Scheme
import Score
import Submit
import Vocabulary
import Wording

/// A score sheet as the API shows it: every line with its figures, formula, sentences in both languages, limits, and
/// who verified it.
struct SheetResource: Encodable, Sendable {
    /// What stands beside the sheet.
    struct Context: Sendable {
        let run: EvaluationRun
        let scheme: IndicatorScheme
        let participation: Participation
        let verifications: [Verification]
        let declarations: [Declaration]
        /// Names of those who verified are for the authority; others see the basis and the day.
        let showsPersons: Bool
    }

    let round: RoundID
    let computation: String
    let platform: PlatformID
    let name: String
    let type: String
    let total: ExactDecimal?
    let totalWithoutBonus: ExactDecimal?
    let rank: Int?
    let rankInType: Int?
    let rankWithoutBonus: Int?
    let grade: String?
    let isProvisional: Bool
    let sections: [SectionLine]

    init(_ unit: UnitScore, _ context: Context) {
        round = context.run.round
        computation = "\(context.run.number)"
        platform = context.participation.platform
        name = context.participation.name
        type = context.participation.type
        total = unit.total
        totalWithoutBonus = unit.totalWithoutBonus
        rank = unit.rank
        rankInType = unit.rankInType
        rankWithoutBonus = unit.rankWithoutBonus
        grade = unit.grade
        isProvisional = unit.isProvisional
        sections = unit.sheet.sections.map { SectionLine($0, context) }
    }

    struct SectionLine: Encodable, Sendable {
        let id: String
        let title: LocalizedText
        let isBonus: Bool
        let full: ExactDecimal
        let beforeCap: ExactDecimal
        let capped: ExactDecimal
        let points: ExactDecimal
        let groups: [GroupLine]

        init(_ section: SectionScore, _ context: Context) {
            id = section.id
            title = section.title
            isBonus = section.isBonus
            full = section.full
            beforeCap = section.beforeCap
            capped = section.capped
            points = section.points
            groups = section.groups.map { GroupLine($0, context) }
        }
    }

    struct GroupLine: Encodable, Sendable {
        let id: String
        let title: LocalizedText
        let full: ExactDecimal
        let points: ExactDecimal
        let indicators: [IndicatorLine]

        init(_ group: GroupScore, _ context: Context) {
            id = group.id
            title = group.title
            full = group.full
            points = group.points
            indicators = group.indicators.map { IndicatorLine($0, context) }
        }
    }
}
