import Web

extension PanelServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> PanelServices {
        PanelServices()
    }
}
