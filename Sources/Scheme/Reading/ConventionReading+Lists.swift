import Vocabulary

/// Expert marking, dictionaries, certificate forms and integrity signals.
extension ConventionReading {
    func expertMarking() -> ExpertMarking? {
        guard let block = file.block("expert-marking", .expertMarking, required: false) else { return nil }
        let bands = block.blocks("bands", .band, required: true).map { band in
            MarkBand(title: band.text("title"), from: band.number("from") ?? Sourced(0, .default))
        }
        return ExpertMarking(
            experts: block.wholeValue("experts") ?? Sourced(0, .default),
            atLeast: block.wholeValue("at-least") ?? Sourced(0, .default),
            trimFrom: block.wholeValue("trim-from") ?? Sourced(0, .default),
            reasonBelow: block.number("reason-below") ?? Sourced(0, .default),
            reasonAbove: block.number("reason-above") ?? Sourced(0, .default),
            rubric: block.blocks("rubric", .rubric, required: true).map(rubricLine), bands: bands,
            panelsAbove: block.wholeValue("panels-above", required: false),
            anchorCases: block.wholeValue("anchor-cases", required: false),
            caseCharacters: block.wholeValue("case-characters", required: false),
            casePages: block.wholeValue("case-pages", required: false))
    }

    private func rubricLine(_ block: SchemeBlock) -> RubricLine {
        block.recordSelf(block.node("title")?.mapping?["zh"]?.scalar?.string ?? "")
        return RubricLine(
            title: block.text("title"), points: block.decimal("points") ?? Sourced(.zero, .default),
            steps: block.blocks("steps", .text, required: true).map { $0.bothLanguages() })
    }

    func dictionaries() -> [Dictionary] {
        file.blocks("dictionaries", .dictionary).map { block in
            let entries = block.blocks("entries", .entry, required: true).map { entry in
                Dictionary.Entry(
                    code: entry.string("code") ?? "", title: entry.bothLanguages(),
                    parent: entry.string("parent", required: false),
                    isCounted: entry.flag("counted", default: true), aliases: entry.strings("aliases"))
            }
            block.recordSelf(entries.map(\.title.zh).joined(separator: "; "))
            return Dictionary(
                id: block.string("id") ?? "", title: block.text("title"), origin: block.origin?.origin ?? .default,
                entries: entries)
        }
    }

    func certificates() -> [CertificateForm] {
        file.blocks("certificates", .certificate).map { block in
            block.recordSelf(block.node("pattern")?.scalar?.string ?? "")
            return CertificateForm(
                id: block.string("id") ?? "", title: block.text("title"), pattern: block.string("pattern") ?? "",
                check: block.plainChoice("check", CertificateForm.Check.self, default: CertificateForm.Check.none)
                    ?? .none,
                example: block.string("example") ?? "", origin: block.origin?.origin ?? .default)
        }
    }

    func signals() -> [IntegritySignal] {
        file.blocks("signals", .signal).map { block in
            block.recordSelf(block.node("id")?.scalar?.string ?? "")
            let named = block.namedNumbers("thresholds").map { ($0.name, $0.value) }
            return IntegritySignal(
                id: block.string("id") ?? "", title: block.text("title"),
                thresholds: [String: Sourced<Double>](named, uniquingKeysWith: { first, _ in first }))
        }
    }
}
