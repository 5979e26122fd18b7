import Foundation
import Vocabulary

/// A kind of certificate that is recognised by what is printed on it, and where its fields stand.
public struct DocumentKind: Sendable, Decodable {
    /// One field of a certificate.
    public struct Field: Sendable, Decodable {
        /// As printed, without spaces; the first one that is found counts.
        public let labels: [String]
        public let pattern: String?
        /// Level → its spellings.
        public let words: [String: [String]]?
    }

    /// Ids of the item fields of the form that hold the same thing.
    public struct RowFields: Sendable, Decodable {
        public let number: [String]?
        public let level: [String]?
        public let issued: [String]?
        public let until: [String]?
    }

    public let id: String
    public let title: LocalizedText
    /// Recognised when all words of one of them stand on a page.
    public let marks: [[String]]
    /// The scheme's certificate form of the number.
    public let form: String?
    public let number: Field
    /// Whose certificate it is.
    public let holder: Field?
    /// A list of holders, of which the applicant is one.
    public let among: Field?
    public let level: Field?
    public let issued: Field?
    public let until: Field?
    public let row: RowFields
    /// It must still be valid on the cut-off day.
    public let mustCoverCutOff: Bool?
    /// It must have been issued by the cut-off day.
    public let mustPrecedeCutOff: Bool?
    /// Level → how many months before the cut-off day it may have been issued at most.
    public let mostMonths: [String: Int]?

    private struct File: Decodable {
        let kinds: [DocumentKind]
        let stops: [String]
        let separators: [String]
        let numerals: [String: Int]
        let dateMarks: [String]
    }

    private static let file: File? =
        try? JSONDecoder().decode(File.self, from: Data(PackageResources.document_kinds_json))

    /// All kinds, as `Data/document-kinds.json` names them; a test reads each, so that a broken file cannot pass.
    public static var all: [DocumentKind] { file?.kinds ?? [] }

    public static func named(_ id: String) -> DocumentKind? { all.first { $0.id == id } }

    /// Where a holder's name ends in running text.
    static var stops: [String] { file?.stops ?? [] }
    /// Between several holders.
    static var separators: [String] { file?.separators ?? [] }
    /// Han numerals of dates.
    static var numerals: [Character: Int] {
        (file?.numerals ?? [:]).reduce(into: [:]) { if let key = $1.key.first { $0[key] = $1.value } }
    }
    /// Year, month, day.
    static var dateMarks: [Character] { (file?.dateMarks ?? []).compactMap(\.first) }
}
