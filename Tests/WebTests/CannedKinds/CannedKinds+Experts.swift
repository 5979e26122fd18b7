import Web

extension CannedPage {
    /// Pages of: experts and their marks.
    static let experts: [String: any (Page & Decodable).Type] = [
        "expertlist": ExpertListPage.self, "expertcase": ExpertCasePage.self, "expertpanels": ExpertPanelsPage.self,
        "expertpanel": ExpertPanelPage.self, "expertagreement": ExpertAgreementPage.self,
        "expertpool": ExpertPoolPage.self,
    ]
}
