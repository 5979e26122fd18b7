import Web

extension ExpertsServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> ExpertsServices {
        ExpertsServices()
    }
}
