import Scheme
import Vocabulary

/// One expert's mark for one platform's cases under one indicator.
public struct DemonstrationMark: Sendable, Hashable {
    /// From 0: the first, second … expert.
    public var expert: Int
    public var platform: PlatformID
    public var indicator: IndicatorID
    /// 0…100.
    public var mark: Int
    /// The key of the reason's text in the catalogues; nil where the scheme asks for none.
    public var reason: String?
}

extension DemonstrationField {
    /// The indicators that experts mark, in the scheme's order.
    public var markedIndicators: [Indicator] {
        scheme.indicators.filter { indicator in
            if case .mark = indicator.rule { return true }
            return indicator.parts.contains { $0.kind == .mark }
        }
    }

    public var expertCount: Int { scheme.expertMarking?.experts.value ?? 5 }

    /// The marks of all experts for one platform: a quality of its own, every expert's severity, and some noise.
    /// A platform without a case under an indicator gets none.
    public func marks(of platform: DemonstrationPlatform) -> [DemonstrationMark] {
        let reasonBelow = scheme.expertMarking?.reasonBelow.value ?? 60
        let reasonAbove = scheme.expertMarking?.reasonAbove.value ?? 90
        return markedIndicators.filter { caseCount(of: platform, $0.id) > 0 }.flatMap { indicator in
            var generator = SeededGenerator(seed: seed, stream: "quality/\(platform.index)/\(indicator.id)")
            let quality = 66 + platform.figures.size * 16 + generator.normal() * 7
            return (0..<expertCount).map { expert in
                let severity = Double([0, -3, 2, -1, 4][expert % 5])
                let drawn = Int((quality + severity + generator.normal() * 3).rounded())
                let mark = min(98, max(38, drawn))
                let reason =
                    Double(mark) < reasonBelow
                    ? "demo.mark.low" : Double(mark) > reasonAbove ? "demo.mark.high" : nil
                return DemonstrationMark(
                    expert: expert, platform: platform.id, indicator: indicator.id, mark: mark, reason: reason)
            }
        }
    }

    /// How many cases the platform hands in under a marked indicator.
    func caseCount(of platform: DemonstrationPlatform, _ indicator: IndicatorID) -> Int {
        var generator = SeededGenerator(seed: seed, stream: "cases/\(platform.index)/\(indicator)")
        if indicator == "scenarios" {
            return min(9, 1 + Int(platform.figures.size * 6) + generator.below(3))
        }
        let drawn = generator.unit() + platform.figures.size * 0.7
        return drawn < 0.45 ? 0 : drawn < 0.95 ? 1 : 2
    }
}
