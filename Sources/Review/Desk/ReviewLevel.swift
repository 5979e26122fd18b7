import Vocabulary

/// The levels that look at a submission one after the other.
public enum ReviewLevel: String, Sendable, Hashable, Codable, CaseIterable {
    case county, city, province

    /// The level that has the submission before it; nil while no level has.
    public init?(reviewing state: SubmissionState) {
        switch state {
        case .countyReview: self = .county
        case .cityReview: self = .city
        case .recommended, .formalCheck, .verification: self = .province
        default: return nil
        }
    }
}
