import Web

extension PrivacyServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> PrivacyServices {
        PrivacyServices()
    }
}
