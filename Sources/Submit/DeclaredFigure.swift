import Scheme
import Vocabulary

/// One figure of a cell's declared side, and where it comes from.
public struct DeclaredFigure: Sendable, Hashable {
    public enum Source: Sendable, Hashable {
        /// The company types a number.
        case typed
        /// The company answers yes (1) or no (0).
        case condition
        /// Counted from the rows of the item list.
        case list
        /// Computed from other figures of the form (a share, a yes that needs all conditions).
        case computed
        /// Another indicator supplies it (11 for the share in 12); typed there.
        case borrowed
        /// The experts' mark; nothing is declared.
        case marked
    }

    /// The value id under which it is kept: `core-talent-share.employees`.
    public let id: String
    public let title: LocalizedText
    public let unit: LocalizedText
    /// Digits after the point.
    public let places: Int
    public let source: Source
    /// Steps to choose from, for figures that are levels (B round, level 3); empty: any number.
    public let steps: [Tier]

    /// Whether the value cannot be formed without it; figures that are only shown may stay empty.
    public let isRequired: Bool

    /// Whether the company types it itself.
    public var isTyped: Bool { source == .typed || source == .condition }
}

extension Indicator {
    /// The figures of the declared side in the order of the form: what is typed before what is computed from it, what is
    /// only shown last.
    ///
    /// Empty for indicators that no company declares in a form (port, list, registry).
    public func declaredFigures(in scheme: IndicatorScheme) -> [DeclaredFigure] {
        guard mode == .upload || mode == .given else { return [] }
        let beside = auxiliaries.map { part in
            figure(of: part, source: part.kind == .condition ? .condition : .typed, isRequired: needs(part))
        }
        let (needed, shown) = (beside.filter(\.isRequired), beside.filter { !$0.isRequired })
        return borrowedFigures(in: scheme) + needed + ownFigures + shown
    }

    private var ownFigures: [DeclaredFigure] {
        let counted = itemCount != nil && !items.isEmpty
        if !parts.isEmpty {
            let firstNumber = parts.first { $0.kind == .number }?.id
            return parts.map { part in
                switch part.kind {
                case .mark: return figure(of: part, source: .marked)
                case .condition: return figure(of: part, source: .condition)
                case .number:
                    let isCounted = counted && (itemCount?.countsByPart == true || part.id == firstNumber)
                    return figure(of: part, source: isCounted ? .list : .typed)
                }
            }
        }
        let source: DeclaredFigure.Source =
            ratio != nil
            ? .computed
            : rule == .mark
                ? .marked : rule == .allConditions && hasConditions ? .computed : counted ? .list : .typed
        let isYesNo = rule == .allConditions && !hasConditions
        return [
            DeclaredFigure(
                id: id.rawValue, title: title, unit: unit, places: valuePlaces, source: isYesNo ? .condition : source,
                steps: rule.steps, isRequired: true)
        ]
    }

    private var hasConditions: Bool { auxiliaries.contains { $0.kind == .condition } }

    private func figure(
        of part: Part, source: DeclaredFigure.Source, isRequired: Bool = true
    ) -> DeclaredFigure {
        DeclaredFigure(
            id: "\(id).\(part.id)", title: part.title, unit: part.unit, places: part.valuePlaces, source: source,
            steps: [], isRequired: isRequired)
    }

    /// Sides of the ratio, conditions of a yes, and what a reduction asks for; everything else is only shown.
    private func needs(_ auxiliary: Part) -> Bool {
        let full = "\(id).\(auxiliary.id)"
        let sides = [ratio?.numerator, ratio?.denominator].compactMap { $0.map(ratioValueID) }
        return sides.contains(full) || (rule == .allConditions && auxiliary.kind == .condition)
            || reductions.contains { $0.without == auxiliary.id }
    }

    private func borrowedFigures(in scheme: IndicatorScheme) -> [DeclaredFigure] {
        guard let ratio else { return [] }
        return [ratio.numerator, ratio.denominator].compactMap { name in
            guard let lender = scheme.indicators.first(where: { $0.id != id && $0.valueIDs.contains(name) }) else {
                return nil
            }
            return DeclaredFigure(
                id: name, title: lender.title, unit: lender.unit, places: lender.valuePlaces, source: .borrowed,
                steps: [], isRequired: true)
        }
    }

    /// The full value id of one side of a ratio: another indicator's, or this one's part or auxiliary.
    func ratioValueID(_ name: String) -> String {
        let own = "\(id).\(name)"
        return valueIDs.contains(own) || auxiliaryIDs.contains(own) ? own : name
    }
}

extension ItemCount {
    /// Whether a row's code names the part that it counts for.
    var countsByPart: Bool { if case .byPart = self { return true } else { return false } }
}

extension Rule {
    /// The steps of a rule by tiers, lowest first; empty for other rules.
    var steps: [Tier] {
        switch self {
        case .tiers(let tiers), .highestOnly(let tiers): return tiers.sorted { $0.at.value < $1.at.value }
        default: return []
        }
    }
}
