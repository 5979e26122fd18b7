import Vocabulary

/// One expert's mark of one platform on one indicator; seen by its expert alone until the indicator is settled.
public struct ExpertMark: Sendable, Hashable, Codable {
    public let cell: CellAddress
    public let expert: AccountID
    /// 0…100.
    public let mark: ExactDecimal
    /// Required below and above the scheme's limits (60 and 90 in the edition of 2025); empty otherwise.
    public let reason: String
    public let at: Instant
    /// 1 for the first mark, one more with every change.
    public let version: Int

    public init(
        cell: CellAddress, expert: AccountID, mark: ExactDecimal, reason: String, at: Instant, version: Int = 1
    ) {
        self.cell = cell
        self.expert = expert
        self.mark = mark
        self.reason = reason
        self.at = at
        self.version = version
    }
}
