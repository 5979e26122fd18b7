import Web

extension PaperServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> PaperServices {
        PaperServices()
    }
}
