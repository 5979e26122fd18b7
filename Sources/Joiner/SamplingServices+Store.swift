import Web

extension SamplingServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> SamplingServices {
        SamplingServices()
    }
}
