import Scheme
import Vocabulary

extension UploadMaker {
    /// One PDF for every piece of evidence that the scheme requires.
    func documents(
        _ indicator: Indicator, _ declared: [String: ExactDecimal], _ maker: ItemRows
    ) -> [EvidenceDocument] {
        indicator.evidence.enumerated().filter { $0.element.isRequired || maker.hasSecurityReport }.map {
            order, asked in
            let texts = field.book.evidence
            let isForeign = platform.cheat == .foreignCertificate && indicator.id == "dcmm-level"
            let holder = isForeign ? maker.foreignHolder?.name ?? "" : platform.operator.name
            let code = isForeign ? maker.foreignHolder?.code.text ?? "" : platform.operator.code.text
            var lines: [(String, String)] = [
                (texts["platform"] ?? "", platform.name), (texts["indicator"] ?? "", indicator.title.zh),
                (texts["file"] ?? "", "DEMO-\(platform.id)-\(indicator.number)-\(order + 1)"),
            ]
            lines += certificateLines(indicator, maker)
            for id in indicator.valueIDs + indicator.auxiliaryIDs {
                if let value = declared[id] { lines.append((figureLabel(id, indicator), value.description)) }
            }
            lines.append((texts["issued"] ?? "", field.cutOff.adding(days: -40).description))
            return EvidenceDocument(
                name: "\(platform.id)-\(indicator.id)-\(asked.id).pdf", requirement: asked.id, title: asked.title.zh,
                holder: holder, holderCode: code, lines: lines, texts: texts)
        }
    }

    private func certificateLines(_ indicator: Indicator, _ maker: ItemRows) -> [(String, String)] {
        guard indicator.id == "dcmm-level" || indicator.id == "mlps-level" else { return [] }
        let row = maker.row(0)
        let texts = field.book.evidence
        return [
            ("number", row["number"] ?? row["filing"]), ("level", row["level"]),
            ("validFrom", row["valid-from"] ?? row["filed"]), ("validUntil", row["valid-to"]),
        ].compactMap { key, value in value.map { (texts[key] ?? "", $0) } }
    }

    private func figureLabel(_ valueID: String, _ indicator: Indicator) -> String {
        let own = (indicator.parts + indicator.auxiliaries).first { "\(indicator.id).\($0.id)" == valueID }
        let title = own?.title.zh ?? indicator.title.zh
        return title + (field.book.evidence["figure"] ?? "")
    }
}

extension DemonstrationField {
    /// What the platform hands in, one cell for every upload indicator, in the scheme's order.
    public func cells(of platform: DemonstrationPlatform) -> [UploadCell] {
        let maker = UploadMaker(field: self, platform: platform)
        return scheme.indicators.filter { $0.mode == .upload }.map(maker.cell)
    }
}
