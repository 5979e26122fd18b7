import Scheme
import Vocabulary

/// Holds what was read in a cell's files against its form: holder, number, level, days.
///
/// A figure recognised from a picture may be misread, so that its differences are remarks for a person to look at, never
/// more. Nothing here takes a point.
public struct EvidenceCheck: Sendable {
    /// A file of the cell with what was read in it.
    public struct File: Sendable {
        public let digest: Digest
        public let name: String
        /// The kinds of certificate that its requirement asks for; empty when it asks for none.
        public let kinds: [String]
        public let document: ReadDocument

        public init(digest: Digest, name: String, kinds: [String], document: ReadDocument) {
            self.digest = digest
            self.name = name
            self.kinds = kinds
            self.document = document
        }
    }

    /// More findings of one cell are not listed.
    public static let most = 60
    private let finder = CertificateFinder()
    private let readers: [String: CertificateReader]
    /// The normal form in which names are compared.
    private let normalised: @Sendable (String) -> String

    /// - Parameters:
    ///   - forms: the scheme's forms of certificate numbers.
    ///   - normalised: brings two spellings of one company's name into one form.
    public init(forms: [CertificateForm], normalised: @escaping @Sendable (String) -> String) {
        self.readers = forms.reduce(into: [:]) { $0[$1.id] = try? CertificateReader(form: $1) }
        self.normalised = normalised
    }

    public func certificates(_ document: ReadDocument) -> [ReadCertificate] { finder.certificates(document.pages) }

    /// Numbers in their usual writing, for finding them in other submissions.
    public func numbers(_ document: ReadDocument) -> [ReadNumber] {
        certificates(document).compactMap { certificate in
            guard let kind = DocumentKind.named(certificate.kind), let number = certificate.number else { return nil }
            return ReadNumber(form: kind.form ?? kind.id, number: usual(number.value, kind), page: number.page)
        }
    }

    /// Findings by file and page, then what stands in no file.
    public func findings(_ files: [File], against expected: EvidenceExpectation) -> [EvidenceFinding] {
        var all: [EvidenceFinding] = []
        var numbers: Set<String> = []
        var kinds: Set<String> = []
        for file in files where !file.kinds.isEmpty {
            kinds.formUnion(file.kinds)
            let found = certificates(file.document).filter { file.kinds.contains($0.kind) }
            if found.isEmpty {
                if let remark = unrecognised(file, expected) { all.append(remark) }
                continue
            }
            for certificate in found {
                guard let kind = DocumentKind.named(certificate.kind) else { continue }
                if let number = certificate.number { numbers.insert(usual(number.value, kind)) }
                all +=
                    CertificateComparison(
                        certificate: certificate, kind: kind, file: file, expected: expected,
                        number: certificate.number.map { usual($0.value, kind) },
                        rowNumber: { usual($0, kind) }, fault: { fault($0, kind) }, normalised: normalised
                    ).findings
            }
        }
        let isReadWhole = files.allSatisfy { $0.document.state.kind == .read }
        if isReadWhole, let first = files.first(where: { !$0.kinds.isEmpty }) {
            all += missing(numbers, kinds, first, expected)
        }
        return Array(all.prefix(Self.most))
    }

    private func unrecognised(_ file: File, _ expected: EvidenceExpectation) -> EvidenceFinding? {
        guard file.document.state.isEnded else { return nil }
        let isUnread = file.document.pages.isEmpty
        return EvidenceFinding(
            Finding(
                .note, isUnread ? "submit.check.unread" : "submit.check.kind", at: file.name,
                ["name": file.name, "kinds": file.kinds.joined(separator: ","), "page": ""]),
            cell: expected.cell, digest: file.digest, page: nil)
    }

    /// Numbers of the form that stand in none of the files.
    private func missing(
        _ numbers: Set<String>, _ kinds: Set<String>, _ file: File, _ expected: EvidenceExpectation
    ) -> [EvidenceFinding] {
        var out: [EvidenceFinding] = []
        for kind in kinds.sorted().compactMap(DocumentKind.named) {
            for row in expected.rows {
                guard let typed = (kind.row.number ?? []).lazy.compactMap({ row.fields[$0] }).first else { continue }
                let number = usual(typed, kind)
                guard !numbers.contains(number), !numbers.contains(where: { isPart(number, of: $0) }) else { continue }
                out.append(
                    EvidenceFinding(
                        Finding(
                            .warning, "submit.check.number_missing", at: "row \(row.number)",
                            ["row": "\(row.number)", "expected": typed, "page": ""]),
                        cell: expected.cell, digest: file.digest, page: nil))
            }
            if !out.isEmpty { break }
        }
        return out
    }

    /// A filing number may be given with or without the system's part behind the hyphen.
    private func isPart(_ a: String, of b: String) -> Bool {
        a.count >= 11 && b.count >= 11 && (a.hasPrefix(b) || b.hasPrefix(a))
    }

    private func usual(_ number: String, _ kind: DocumentKind) -> String {
        let plain = kind.id == "patent" ? withPoint(number) : number
        if let form = kind.form, let reader = readers[form], let usual = try? reader.read(plain) { return usual }
        return TypedText.folded(plain).uppercased()
    }

    private func withPoint(_ number: String) -> String {
        let folded = TypedText.folded(number).uppercased()
        guard folded.count == 15, !folded.contains(".") else { return folded }
        return folded.dropLast() + "." + folded.suffix(1)
    }

    /// Why a read number is none of its form; nil when it is.
    private func fault(_ number: String, _ kind: DocumentKind) -> CertificateReader.Fault? {
        guard let form = kind.form, let reader = readers[form] else { return nil }
        do {
            _ = try reader.read(kind.id == "patent" ? withPoint(number) : number)
            return nil
        } catch { return error }
    }
}
