import Web

extension WorkflowServices {
    /// The area on the real stores.
    static func joined(_ stores: JoinedStores) throws -> WorkflowServices {
        WorkflowServices()
    }
}
