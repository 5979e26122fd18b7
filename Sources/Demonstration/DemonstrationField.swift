import Scheme
import Vocabulary

/// An invented field of platforms: the same seed gives the same field to the last byte, on every machine.
///
/// No name, code, person, certificate or document in it belongs to anyone; companies' codes are valid in form only.
public struct DemonstrationField: Sendable {
    public let seed: UInt64
    public let scheme: IndicatorScheme
    /// The last day of submission, from the scheme.
    public let cutOff: CivilDay
    /// Earliest first.
    public let portMonths: [CivilMonth]
    public let platforms: [DemonstrationPlatform]
    let book: NameBook
    let universe: CompanyUniverse
    let cutter: DayCutter

    /// Makes a field of 1…400 platforms.
    ///
    /// - Parameter scheme: Types, windows, item fields and dictionaries are read from it.
    /// - Throws: `demo.scheme_without_calendar` for a scheme without dates; `demo.platform_count`;
    ///   `demo.data_unreadable`.
    public static func make(
        platforms count: Int = 40, seed: UInt64 = 2025, scheme: IndicatorScheme
    ) throws -> DemonstrationField {
        guard let calendar = scheme.calendar, let cutter = DayCutter(zoneName: scheme.zone), !scheme.types.isEmpty
        else { throw Failure("demo.scheme_without_calendar", ["scheme": scheme.id.rawValue]) }
        guard (1...400).contains(count) else { throw Failure("demo.platform_count", ["count": "\(count)"]) }
        let book = try NameBook.embedded()
        let cutOff = calendar.cutOff.value
        let makers = FieldMaker(
            count: count, seed: seed, book: book, types: scheme.types.map(\.id),
            cheats: PlantedCheat.placed(in: count))
        return DemonstrationField(
            seed: seed, scheme: scheme, cutOff: cutOff, portMonths: calendar.portMonths(cutOff: cutOff),
            platforms: makers.platforms(), book: book, universe: CompanyUniverse(seed: seed, book: book),
            cutter: cutter)
    }

    /// The platform of the field with the id; nil when there is none.
    public func platform(_ id: PlatformID) -> DemonstrationPlatform? { platforms.first { $0.id == id } }

    /// The platform with the cheat; nil in a field too small for it.
    public func platform(with cheat: PlantedCheat) -> DemonstrationPlatform? {
        platforms.first { $0.cheat == cheat }
    }
}
