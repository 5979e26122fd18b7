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
    ]
}
