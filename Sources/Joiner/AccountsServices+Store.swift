import Web

extension AccountsServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> AccountsServices {
        AccountsServices()
    }
}
