import Vocabulary

/// One invented platform with its operator, what it has, and what is wrong with it on purpose.
public struct DemonstrationPlatform: Sendable, Hashable {
    /// The invented company that runs it.
    public struct Operator: Sendable, Hashable {
        public var code: CompanyCode
        public var name: String
        /// The city it sits in.
        public var region: RegionCode
    }

    /// From 0.
    public var index: Int
    /// `P01`, `P02` … in the order of registration.
    public var id: PlatformID
    public var name: String
    public var aliases: [String]
    /// A type id of the scheme.
    public var type: String
    public var `operator`: Operator
    public var figures: PlatformFigures
    public var cheat: PlantedCheat?
    /// The other side of shared devices, by index.
    public var partner: Int?
    /// City, trade name and line of business apart, for documents.
    var tradeName: String
}
