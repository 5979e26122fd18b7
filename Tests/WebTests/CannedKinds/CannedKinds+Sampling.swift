import Web

extension CannedPage {
    /// Pages of: verification by sample, checks on site.
    static let sampling: [String: any (Page & Decodable).Type] = [
        "samples": SamplesPage.self, "sample": SampledListPage.self, "judge": JudgePage.self, "proofs": ProofsPage.self,
        "sitecheck": SiteCheckPage.self, "sitechecks": SiteChecksPage.self, "verifiers": VerifiersPage.self,
        "sampleimport": SampleImportPage.self,
    ]
}
