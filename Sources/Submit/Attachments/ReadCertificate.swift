import Foundation
import Vocabulary

/// A value with the page that it was read on.
public struct ReadValue<Value: Sendable & Hashable>: Sendable, Hashable {
    public let value: Value
    public let page: Int
    /// Recognised from a picture.
    public let isScanned: Bool

    public init(_ value: Value, page: Int, isScanned: Bool) {
        self.value = value
        self.page = page
        self.isScanned = isScanned
    }
}

/// One certificate found in a file, with whatever of its fields could be read.
public struct ReadCertificate: Sendable, Hashable {
    public let kind: String
    public let page: Int
    public internal(set) var number: ReadValue<String>?
    public internal(set) var holders: ReadValue<[String]>?
    public internal(set) var level: ReadValue<String>?
    public internal(set) var issued: ReadValue<CivilDay>?
    public internal(set) var until: ReadValue<CivilDay>?
    /// Squeezed text of its pages, for looking whether a name stands anywhere.
    public internal(set) var text: String
}

/// Finds certificates and their fields in a file's pages.
public struct CertificateFinder: Sendable {
    private struct Kind {
        let kind: DocumentKind
        let number: NSRegularExpression?
    }
    private let kinds: [Kind]

    public init() {
        kinds = DocumentKind.all.map { kind in
            Kind(kind: kind, number: kind.number.pattern.flatMap { try? NSRegularExpression(pattern: $0) })
        }
    }

    /// In the order of pages. A file may hold many (one a page), or one over many pages.
    public func certificates(_ pages: [ReadPage]) -> [ReadCertificate] {
        var all: [ReadCertificate] = []
        for page in pages {
            let text = PageText(page.text)
            guard let kind = recognised(text) ?? all.last.flatMap({ last in kinds.first { $0.kind.id == last.kind } })
            else { continue }
            let found = read(kind, text, page)
            let isSame =
                all.last.map { last in
                    last.kind == found.kind
                        && (found.number == nil || last.number == nil || last.number?.value == found.number?.value)
                } ?? false
            if isSame, let last = all.popLast() {
                all.append(merge(last, found))
            } else {
                all.append(found)
            }
        }
        return all
    }

    private func recognised(_ text: PageText) -> Kind? {
        kinds.first { kind in kind.kind.marks.contains { $0.allSatisfy(text.holds) } }
    }

    private func merge(_ first: ReadCertificate, _ more: ReadCertificate) -> ReadCertificate {
        var merged = first
        merged.number = first.number ?? more.number
        merged.holders = first.holders ?? more.holders
        merged.level = first.level ?? more.level
        merged.issued = first.issued ?? more.issued
        merged.until = first.until ?? more.until
        if merged.text.utf8.count < 400_000 { merged.text += "\n" + more.text }
        return merged
    }

    private func read(_ kind: Kind, _ text: PageText, _ page: ReadPage) -> ReadCertificate {
        let isScanned = page.source == .scan
        func on<Value>(_ value: Value?) -> ReadValue<Value>? {
            value.map { ReadValue($0, page: page.number, isScanned: isScanned) }
        }
        return ReadCertificate(
            kind: kind.kind.id, page: page.number, number: on(number(kind, text)),
            holders: on(holders(kind.kind, text)), level: on(kind.kind.level.flatMap { level($0, text) }),
            issued: on(kind.kind.issued.flatMap { day($0, text, last: false) }),
            until: on(kind.kind.until.flatMap { day($0, text, last: true) }), text: text.whole)
    }

    // MARK: - Fields

    private func number(_ kind: Kind, _ text: PageText) -> String? {
        guard let expression = kind.number else { return nil }
        for place in text.places(after: kind.kind.number.labels) {
            for part in [place.column, place.rest, place.next] {
                if let found = first(expression, in: part.uppercased()) { return found }
            }
        }
        // A form that looks like nothing else may stand anywhere.
        return kind.kind.form == nil ? nil : first(expression, in: text.whole.uppercased())
    }

    private func first(_ expression: NSRegularExpression, in text: String) -> String? {
        let match = expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text))
        return match.flatMap { Range($0.range, in: text) }.map { String(text[$0]) }
    }

    private func holders(_ kind: DocumentKind, _ text: PageText) -> [String]? {
        guard let field = kind.holder ?? kind.among else { return nil }
        for place in text.places(after: field.labels) {
            var value = place.column.isEmpty ? place.next : place.column
            if kind.among != nil { value = place.rest + place.next }
            if kind.among == nil, let stop = DocumentKind.stops.compactMap({ value.range(of: $0)?.lowerBound }).min() {
                value = String(value[..<stop])
            }
            var names = [value]
            for separator in DocumentKind.separators {
                names = names.flatMap { $0.components(separatedBy: separator) }
            }
            let found = names.filter { $0.count >= 4 }
            if !found.isEmpty { return Array(found.prefix(40)) }
        }
        return nil
    }

    private func level(_ field: DocumentKind.Field, _ text: PageText) -> String? {
        let words = field.words ?? [:]
        func levels(_ part: String) -> Set<String> {
            Set(words.filter { $0.value.contains { part.contains($0) } }.keys)
        }
        for place in text.places(after: field.labels) {
            for part in [place.column, place.next] {
                let found = levels(part)
                if found.count == 1 { return found.first }
            }
        }
        let anywhere = levels(text.whole)
        return anywhere.count == 1 ? anywhere.first : nil
    }

    private func day(_ field: DocumentKind.Field, _ text: PageText, last: Bool) -> CivilDay? {
        for place in text.places(after: field.labels) {
            for part in [place.column, place.rest, place.next] {
                let days = DayReader.days(in: part)
                if let day = last ? days.last : days.first { return day }
            }
        }
        return nil
    }
}
