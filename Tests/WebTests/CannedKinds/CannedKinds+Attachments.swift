import Web

extension CannedPage {
    /// Pages of: evidence files: upload, preview, reading and checks.
    static let attachments: [String: any (Page & Decodable).Type] = [
        "evidence": EvidenceListPage.self, "viewer": EvidenceViewPage.self,
    ]
}
