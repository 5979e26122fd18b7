/// How a figure or a row came into the form; the burden of filling in is counted by it.
public enum FigureOrigin: String, Sendable, Hashable, Codable, CaseIterable {
    /// By hand.
    case typed
    /// From the same company's earlier round.
    case copied
    /// From a register, a ledger or an official list.
    case prefilled
    /// Out of a file or counted from one.
    case imported
}
