import Web

extension CannedPage {
    /// Pages of: the review desk.
    static let desk: [String: any (Page & Decodable).Type] = [
        "bulk": BulkPage.self, "checklist": ChecklistPage.self, "signals": SignalsPage.self,
    ]
}
