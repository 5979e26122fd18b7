/// Where the review of one cell stands.
public enum CellState: String, Sendable, Hashable, Codable, CaseIterable {
    /// 未填报: nothing declared and nothing verified.
    case blank
    /// 已填报: declared in a draft.
    case declared
    /// 已提交: declared in a submission that a reviewer has before them.
    case submitted
    /// 已退回: sent back with a reason, and not declared anew since.
    case returned
    /// 已核定: has a verified value that counts.
    case verified
    /// 等待外部结果: a port, a registry or a mark has not answered; never zero.
    case waiting
}
