import Publish
import Review
import Scheme
import Submit
import Trust
import Vocabulary
import Wording

/// Builds the review queue: what waits, and the chosen cell with its form and evidence.
struct QueuePageBuilder: Sendable {
    let cells: RoundCells
    let kind: RoundCells.Kind
    /// Region code of the city; empty: all.
    let city: String
    /// `P07/dcmm-level`; empty: none is chosen.
    let chosen: String
    /// The version of the chosen cell's verified side.
    let version: Int
    let evidence: [EvidenceFile]
    let mayVerify: Bool
    let mayReturn: Bool
    let notice: Notice?
    let language: Language

    static let kinds: [RoundCells.Kind] = [.submitted, .returned, .alert, .waiting]

    private var catalogue: Catalogue { Catalogue.of(language) }
    private var scheme: IndicatorScheme { cells.scheme }
    private var base: String { "/authority/rounds/\(cells.round.id)/queue" }
    private func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("web.queue.\(key)", values)
    }

    /// The cells of one kind, those declared first standing first.
    static func waiting(
        _ cells: RoundCells, _ kind: RoundCells.Kind, city: String
    ) -> [(participation: Participation, indicator: Indicator)] {
        var found: [(participation: Participation, indicator: Indicator, at: Instant)] = []
        for participation in cells.participations
        where city.isEmpty || participation.company.region.city.rawValue == city {
            for indicator in cells.scheme.indicators where cells.kind(participation, indicator) == kind {
                let cell = cells.address(participation.platform, indicator.id)
                let at = cells.declarations[cell]?.at ?? cells.round.createdAt
                found.append((participation, indicator, at))
            }
        }
        return found.sorted { ($0.at, $0.participation.platform) < ($1.at, $1.participation.platform) }
            .map { ($0.participation, $0.indicator) }
    }

    func page() -> QueuePage {
        let waiting = Self.waiting(cells, kind, city: city)
        let cities = Set(cells.participations.map(\.company.region.city.rawValue)).sorted()
        return QueuePage(
            heading: Heading(say("title"), kicker: cells.round.title[language], lead: say("lead")), notice: notice,
            address: base,
            choices: [
                Choice(
                    "kind", label: say("which"),
                    options: Self.kinds.map { ($0.rawValue, catalogue.text("web.round.queue_\($0.rawValue)")) },
                    selected: kind.rawValue),
                Choice(
                    "city", label: catalogue.text("web.result.column_city"),
                    options: [("", catalogue.text("web.result.all_cities"))]
                        + cities.map { ($0, scheme.regionTitle(RegionCode($0), language)) }, selected: city),
            ], isEmpty: waiting.isEmpty, none: waiting.isEmpty ? EmptyState(say("none")) : nil,
            shown: say("shown", ["count": FigureFormat.grouped(waiting.count)]),
            items: waiting.prefix(200).map { item($0.participation, $0.indicator) }, selected: selected())
    }

    private func item(_ participation: Participation, _ indicator: Indicator) -> QueuePage.Item {
        let cell = cells.address(participation.platform, indicator.id)
        let name = "\(participation.platform)/\(indicator.id)"
        let moments = MomentFormat(zoneName: scheme.zone, language)
        return QueuePage.Item(
            href: "\(base)?kind=\(kind.rawValue)&city=\(city)&cell=\(name)", isCurrent: name == chosen,
            platform: participation.name, number: "\(indicator.number)", indicator: indicator.title[language],
            declared: cells.declaredFigure(cell, indicator, language),
            at: cells.declarations[cell].map { moments.short($0.at) } ?? "")
    }

    // MARK: The chosen cell

    private func selected() -> QueuePage.Selected? {
        let parts = chosen.split(separator: "/").map(String.init)
        guard parts.count == 2, let indicator = scheme.indicator(IndicatorID(parts[1])),
            let participation = cells.participations.first(where: { $0.platform.rawValue == parts[0] })
        else { return nil }
        let cell = cells.address(participation.platform, indicator.id)
        let declaration = cells.declarations[cell]
        let stated = cells.portDeclared[participation.platform]?[indicator.id]
        let moments = MomentFormat(zoneName: scheme.zone, language)
        let path = "\(base)/\(participation.platform)/\(indicator.id)"
        return QueuePage.Selected(
            platform: participation.name, operator: participation.company.name, number: "\(indicator.number)",
            indicator: indicator.title[language], definition: indicator.definition[language],
            declaredValues: values(indicator).map { part in
                QueuePage.DeclaredValue(
                    title: part.title[language],
                    figure: (stated ?? declaration?.values[part.id]).map {
                        Figure($0, unit: part.unit[language], language)
                    })
            },
            declaredBy: declaration.map {
                say("by", ["who": $0.by.rawValue, "at": moments.minute($0.at), "version": "\($0.version)"])
            } ?? say(stated == nil ? "undeclared" : "by_summary"),
            rule: MethodWriter(scheme, language).rule(of: indicator),
            checks: checks(cell, indicator, moments), mayVerify: mayVerify, mayReturn: mayReturn,
            verifyHref: path + "/verified",
            returnHref: path + "/return", version: "\(version)",
            fields: values(indicator).map { part in
                let known = cells.verifications[cell]?.values[part.id] ?? declaration?.values[part.id]
                return FormField(
                    id: "value-\(part.id.replacing(".", with: "-"))", name: part.id, label: part.title[language],
                    unit: part.unit[language], value: known?.description ?? "", inputMode: "decimal")
            }, reasonDraft: "", returnEffect: say("effect", ["company": participation.company.name]),
            reasonCodes: [
                Choice(
                    "reasonCode", label: say("reason_code"),
                    options: CellReturn.ReasonCode.allCases.map {
                        ($0.rawValue, say("reason.\($0.rawValue)"))
                    }, selected: "")
            ], papers: evidence.map { Paper($0, moments: moments, isOpen: true) }, history: nil)
    }

    /// The figures of an indicator: its own, or those of its parts; a share also has the parts it is made of.
    private func values(_ indicator: Indicator) -> [(id: String, title: LocalizedText, unit: LocalizedText)] {
        guard !indicator.parts.isEmpty else {
            return [(indicator.id.rawValue, indicator.title, indicator.unit)]
        }
        return indicator.parts.map { ("\(indicator.id).\($0.id)", $0.title, $0.unit) }
    }

    private func checks(_ cell: CellAddress, _ indicator: Indicator, _ moments: MomentFormat) -> [Notice] {
        var all: [Notice] = []
        if let returned = cells.returns[cell] {
            all.append(
                Notice(say("returned", ["reason": returned.reason, "at": moments.minute(returned.at)]), .watch))
        }
        if let verified = cells.verifications[cell] {
            all.append(
                Notice(say("verified", ["who": verified.by.rawValue, "at": moments.minute(verified.at)]), .good))
        }
        if cells.deviates(cell, indicator) { all.append(Notice(say("deviates"), .wrong)) }
        return all
    }
}

extension Paper {
    /// - Parameter isOpen: the reader may open the file.
    init(_ file: EvidenceFile, moments: MomentFormat, isOpen: Bool) {
        self.init(
            kind: file.type.rawValue.uppercased(), name: file.name,
            href: isOpen ? "/api/v1/evidence/\(file.digest.hex)" : nil, size: FigureFormat.bytes(file.size),
            at: moments.minute(file.at), digest: file.digest.hex, digestShort: String(file.digest.hex.prefix(12)))
    }
}

extension FigureFormat {
    /// `1.2 MB`, `384 KB`: thousands, as file managers show them.
    static func bytes(_ count: Int) -> String {
        if count >= 1_000_000 { return "\(fixed(Double(count) / 1_000_000, places: 1)) MB" }
        return count >= 1000 ? "\(count / 1000) KB" : "\(count) B"
    }
}
