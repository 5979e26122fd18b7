import Web

extension DeskServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> DeskServices {
        DeskServices()
    }
}
