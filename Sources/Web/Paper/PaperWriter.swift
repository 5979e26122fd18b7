import Paper
import Review
import Scheme
import Submit
import Vocabulary
import Wording

/// The words that all papers share.
struct PaperWriter: Sendable {
    let round: Round
    let scheme: IndicatorScheme
    let language: Language

    var catalogue: Catalogue { Catalogue.of(language) }

    func say(_ key: String, _ values: [String: String] = [:]) -> String {
        catalogue.text("paper.doc.\(key)", values)
    }

    /// A heading with its number as the language writes it.
    func heading(_ number: Int, _ title: String) -> PaperDocument.Block {
        let numbers = say("numbers").split(separator: ",").map(String.init)
        let name = numbers.indices.contains(number - 1) ? numbers[number - 1] : "\(number)"
        return .heading(say("heading", ["number": name, "title": title]), level: 1)
    }

    /// That the paper has no effect, on every page of it.
    var banner: String? {
        switch round.kind {
        case .production: nil
        case .rehearsal: say("banner_rehearsal")
        case .demonstration: say("banner_demonstration")
        }
    }

    func seal(_ paper: PrintedPaper) -> PaperDocument.Seal {
        .init(
            code: paper.code,
            lines: [
                say("seal_version", ["number": "\(paper.number)"]), say("seal_check", ["digits": paper.checkDigits]),
                say("seal_round", ["round": round.title[language]]),
            ])
    }

    /// Who it is, as every paper about one platform begins.
    func identity(_ participation: Participation) -> PaperDocument.Block {
        let type = scheme.types.first { $0.id == participation.type }?.title[language] ?? participation.type
        let region = scheme.regionTitle(participation.company.region.city, language)
        return .entries([
            .init(say("platform"), participation.name), .init(say("type"), type),
            .init(say("company"), participation.company.name), .init(say("code"), participation.company.code.text),
            .init(say("region"), "\(region) \(participation.company.region.rawValue)"),
            .init(say("round"), round.title[language]), .init(say("cut_off"), round.cutOff.description),
        ])
    }

    func document(
        _ kind: PaperKind, subtitle: String? = nil, manner: PaperDocument.Manner = .form, isLandscape: Bool = false,
        running: String? = nil, paper: PrintedPaper?, blocks: [PaperDocument.Block]
    ) -> PaperDocument {
        PaperDocument(
            title: say("title_\(kind.rawValue.replacing("-", with: "_"))"), subtitle: subtitle ?? round.title[language],
            banner: banner, runningTitle: running, manner: manner, isLandscape: isLandscape, blocks: blocks,
            seal: paper.map(seal))
    }
}
