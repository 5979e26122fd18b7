/// Statuses of the failure codes of this area: evidence files: upload, preview, reading and checks.
enum AttachmentsProblems {
    static let status: [String: Int] = [
        "submit.upload_unknown": 404,
        "submit.upload_version": 412,
        "submit.upload_header": 400,
        "submit.upload_checksum_algorithm": 400,
        // The status that tus names for it.
        "submit.upload_checksum": 460,
        "submit.upload_digest": 422,
        "submit.upload_offset": 409,
        "submit.upload_too_long": 413,
        "submit.upload_taken_over": 423,
        "submit.upload_no_space": 507,
        "submit.uploads_open": 429,
        "submit.page_unknown": 404,
        "submit.tools_busy": 503,
        "submit.preview_busy": 503,
        "submit.preview_failed": 422,
        "submit.evidence_quarantined": 409,
        "attachments.guard.quarantined": 409,
        "submit.evidence_unscanned": 409,
        "submit.finding_unknown": 404,
    ]
}
