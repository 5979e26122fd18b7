import Vocabulary

/// How a certificate's number looks, and which check digit it carries.
public struct CertificateForm: Sendable, Hashable {
    /// Algorithms live in code; the scheme only names one.
    public enum Check: String, Sendable, Hashable, Codable, CaseIterable {
        case none
        /// GB 32100-2015, mod 31, with GB 11714 mod 11 inside.
        case creditCode = "credit-code"
        /// A Chinese patent number: weights 2…9, 2…5, mod 11.
        case patent
    }
    public var id: String
    public var title: LocalizedText
    /// A regular expression that the whole number matches, after spaces around it are taken off.
    public var pattern: String
    public var check: Check
    /// A number of that form, for messages; invented.
    public var example: String
    public var origin: Origin

    public init(id: String, title: LocalizedText, pattern: String, check: Check, example: String, origin: Origin) {
        self.id = id
        self.title = title
        self.pattern = pattern
        self.check = check
        self.example = example
        self.origin = origin
    }
}
