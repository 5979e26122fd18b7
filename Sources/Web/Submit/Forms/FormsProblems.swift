/// Statuses of the failure codes of this area: the forms that companies fill in.
enum FormsProblems {
    static let status: [String: Int] = [
        "forms.too_many_edits": 422,
        "forms.edit_invalid": 422,
        "forms.section_unknown": 404,
        "forms.file_damaged": 422,
        "forms.nothing_to_copy": 409,
        "forms.no_ledger": 409,
        "forms.answer_invalid": 422,
        "forms.drafts_wrong": 409,
    ]
}
