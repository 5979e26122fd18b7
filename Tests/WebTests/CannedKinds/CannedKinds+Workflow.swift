import Web

extension CannedPage {
    /// Pages of: windows, quotas, guards, clocks and messages of submissions.
    static let workflow: [String: any (Page & Decodable).Type] = [
        "submissions": SubmissionsPage.self, "submissionsbulk": SubmissionsBulkPage.self,
        "submission": SubmissionPage.self,
        "windows": WindowsPage.self, "inbox": InboxPage.self,
    ]
}
