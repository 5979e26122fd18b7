/// Where the review of one cell stands.
public enum CellState: String, Sendable, Hashable, Codable, CaseIterable {
    /// Blank: nothing declared and nothing verified.
    case blank
    /// Declared in a draft.
    case declared
    /// Declared in a submission that a reviewer has before them.
    case submitted
    /// Sent back with a reason, and not declared anew since.
    case returned
    /// Has a verified value that counts.
    case verified
    /// A port, a registry or a mark has not answered; never zero.
    case waiting
}

extension CellState {
    /// The state that follows from what is known of the cell.
    ///
    /// - Parameters:
    ///   - declaredVersion: The version of the declaration; nil when nothing is declared.
    ///   - isSubmitted: The platform's submission has left the company.
    ///   - returned: The last return of the cell.
    ///   - verification: The verified side, if there is one.
    ///   - awaitsOutside: A port, registry or panel owes the value.
    public static func of(
        declaredVersion: Int?, isSubmitted: Bool, returned: CellReturn?, verification: Verification?,
        awaitsOutside: Bool = false
    ) -> CellState {
        if let verification, returned.map({ $0.at <= verification.at }) ?? true { return .verified }
        if let returned, returned.declaredVersion == declaredVersion ?? 0 { return .returned }
        if awaitsOutside { return .waiting }
        guard declaredVersion != nil else { return .blank }
        return isSubmitted ? .submitted : .declared
    }
}
