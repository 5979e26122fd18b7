import Web

extension FormsServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> FormsServices {
        FormsServices()
    }
}
