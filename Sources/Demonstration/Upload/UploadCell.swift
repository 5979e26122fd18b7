import Vocabulary

/// What a platform hands in for one upload indicator, and how the reviewers will judge it.
public struct UploadCell: Sendable {
    public var indicator: IndicatorID
    /// Declared, by value id; figures beside the value included.
    public var declared: [String: ExactDecimal]
    /// What the company types itself, of the declared values: neither counted from the list nor computed.
    public var typed: [String: ExactDecimal]
    /// The item list behind the value; nil where none is asked or nothing is claimed.
    public var items: ItemTable?
    public var evidence: [EvidenceDocument]
    public var judgement: Judgement

    /// A list as the company uploads it.
    public struct ItemTable: Sendable {
        /// Field ids.
        public var columns: [String]
        public var rows: [[String]]
        /// CSV with a header row.
        public var table: String {
            DelimitedText.line(columns) + rows.map { DelimitedText.line($0) }.joined()
        }
        /// Rows that must be taken, those that repeat one, and those that must be refused.
        public var accepted: Int
        public var duplicates: Int
        public var rejected: Int
    }

    /// The verified side, with its reason as a key of the catalogues.
    public struct Judgement: Sendable, Hashable {
        /// By value id. Without the parts that experts mark.
        public var verified: [String: ExactDecimal]
        /// `demo.verify.…`.
        public var reason: String
        public var values: [String: String]
    }
}
