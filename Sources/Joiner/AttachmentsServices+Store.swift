import Web

extension AttachmentsServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> AttachmentsServices {
        AttachmentsServices()
    }
}
