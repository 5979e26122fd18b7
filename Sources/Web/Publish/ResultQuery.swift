import Foundation
import Hummingbird

/// What the address of the result asks for: `?q=&type=&city=&grade=&sort=`.
struct ResultQuery: Sendable, Hashable {
    enum Key: String, Sendable, CaseIterable { case rank, name, city, type, total }

    var text = ""
    var type = ""
    var city = ""
    var grade = ""
    /// A key, or `s1`, `s2` … for a section.
    var sort = "rank"
    var isDescending = false

    init() {}

    init(_ request: Request) {
        let asked = request.uri.queryParameters
        func value(_ name: Substring) -> String { asked[name].map { String($0).removingPercentEncoding ?? "" } ?? "" }
        text = String(value("q").replacing("+", with: " ").prefix(60)).trimmingCharacters(in: .whitespaces)
        type = value("type")
        city = value("city")
        grade = value("grade")
        let order = value("sort")
        isDescending = order.hasPrefix("-")
        sort = order.isEmpty ? "rank" : String(order.drop { $0 == "-" }.prefix(8))
    }

    var isFiltered: Bool { !(text.isEmpty && type.isEmpty && city.isEmpty && grade.isEmpty) }
    var sortText: String { (isDescending ? "-" : "") + sort }

    /// The same query sorted by another column; asked again, the other way round.
    func address(_ path: String, sortedBy key: String, firstDescending: Bool) -> String {
        let descending = sort == key ? !isDescending : firstDescending
        var parts: [String] = []
        for (name, value) in [("q", text), ("type", type), ("city", city), ("grade", grade)] where !value.isEmpty {
            parts.append("\(name)=\(FrameView.escapedForQuery(value))")
        }
        parts.append("sort=\(descending ? "-" : "")\(key)")
        return path + "?" + parts.joined(separator: "&")
    }
}
