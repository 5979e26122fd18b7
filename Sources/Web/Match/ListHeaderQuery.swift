import Hummingbird
import Match
import Scheme
import Vocabulary

/// What stands above a list, out of the query of its import.
struct ListHeaderQuery {
    private let request: Request

    init(_ request: Request) { self.request = request }

    /// - Throws: `match.list_field` with the parameter that is missing or wrong.
    func header(by scheme: IndicatorScheme) throws(Failure) -> ListHeader {
        let indicator = try indicator(in: scheme)
        let header = ListHeader(
            title: try required("title"), issuer: try required("issuer"), document: try text("document") ?? "",
            batch: try text("batch"), date: try requiredDay("date"), validFrom: try day("validFrom"),
            validUntil: try day("validUntil"), year: try year(), indicator: indicator?.id, award: try text("award"),
            aliases: request.uri.queryParameters[values: "alias"].map { $0.trimmingWhitespace() }
                .filter { !$0.isEmpty && $0.count <= 200 },
            negative: try negative())
        if let from = header.validFrom, let until = header.validUntil, until < from { throw wrong("validUntil") }
        return header
    }

    private func indicator(in scheme: IndicatorScheme) throws(Failure) -> Indicator? {
        guard let text = try text("indicator") else { return nil }
        guard let found = scheme.indicator(IndicatorID(text)) else { throw wrong("indicator") }
        return found
    }

    private func negative() throws(Failure) -> NegativeKind? {
        guard let text = try text("negative") else { return nil }
        guard let kind = NegativeKind(rawValue: text) else { throw wrong("negative") }
        return kind
    }

    private func text(_ name: String) throws(Failure) -> String? {
        guard let text = request.uri.queryParameters[Substring(name)]?.trimmingWhitespace(), !text.isEmpty else {
            return nil
        }
        guard text.count <= 300 else { throw wrong(name) }
        return text
    }

    private func required(_ name: String) throws(Failure) -> String {
        guard let text = try text(name) else { throw wrong(name) }
        return text
    }

    private func day(_ name: String) throws(Failure) -> CivilDay? {
        guard let text = try text(name) else { return nil }
        guard let day = CivilDay(text) else { throw wrong(name) }
        return day
    }

    private func requiredDay(_ name: String) throws(Failure) -> CivilDay {
        guard let day = try day(name) else { throw wrong(name) }
        return day
    }

    private func year() throws(Failure) -> Int? {
        guard let text = try text("year") else { return nil }
        guard let year = Int(text), (1949...2200).contains(year) else { throw wrong("year") }
        return year
    }

    private func wrong(_ name: String) -> Failure {
        Failure(
            "match.list_field", ["field": name],
            findings: [Finding(.error, "match.list_field", at: name, ["field": name])])
    }
}
