import Web

extension PeopleSide {
    /// All areas on the real stores.
    public static func joined(_ stores: JoinedStores) throws -> PeopleSide {
        var side = PeopleSide(
            workflow: try .joined(stores),
            desk: try .joined(stores),
            sampling: try .joined(stores),
            experts: try .joined(stores),
            panel: try .joined(stores),
            forms: try .joined(stores),
            attachments: try .joined(stores),
            burden: try .joined(stores),
            paper: try .joined(stores),
            accounts: try .joined(stores),
            privacy: try .joined(stores))
        side.startChecklist(stores)
        // The clocks move submissions, and every area follows.
        side.startClocks(stores)
        return side
    }
}
