import Foundation
import Paper
import Scheme
import Vocabulary
import Wording

/// Moments as pages write them: `2025-11-22 14:05` in the scheme's zone, the zone in the title.
struct MomentFormat: Sendable {
    let zone: TimeZone
    let language: Language

    /// The scheme's zone; Shanghai where there is none.
    init(zoneName: String?, _ language: Language) {
        self.zone = zoneName.flatMap { TimeZone(identifier: $0) } ?? TimeZone(identifier: "Asia/Shanghai") ?? .gmt
        self.language = language
    }

    /// `2025-11-22 14:05`
    func minute(_ instant: Instant) -> String {
        let (day, seconds) = local(instant)
        return "\(day) \(two(seconds / 3600)):\(two(seconds / 60 % 60))"
    }

    /// `11-22 14:05`
    func short(_ instant: Instant) -> String { String(minute(instant).dropFirst(5)) }

    /// `2025-11-22 14:05:12`, with the zone in words.
    func full(_ instant: Instant) -> String {
        let seconds = local(instant).seconds
        return Catalogue.of(language).text(
            "web.moment.full", ["moment": "\(minute(instant)):\(two(seconds % 60))", "zone": zone.identifier])
    }

    /// The same in a spreadsheet, where it sorts and is counted with.
    func cell(_ instant: Instant) -> Workbook.Cell {
        let (day, seconds) = local(instant)
        return .moment(day, minutes: seconds / 60)
    }

    private func local(_ instant: Instant) -> (day: CivilDay, seconds: Int) {
        let offset = zone.secondsFromGMT(for: instant.date)
        let all = Int((Double(instant.milliseconds) / 1000).rounded(.down)) + offset
        let days = (Double(all) / 86_400).rounded(.down)
        return (CivilDay(daysSince1970: Int(days)), all - Int(days) * 86_400)
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
