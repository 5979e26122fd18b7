/// Statuses of the failure codes of this area: documents made from data, and eligibility.
enum PaperProblems {
    static let status: [String: Int] = [
        "paper.archive_damaged": 422,
        "paper.archive_encrypted": 422,
        "paper.archive_too_large": 413,
        "paper.markup_damaged": 422,
        "paper.workbook_damaged": 422,
        "paper.workbook_file_too_large": 413,
        "paper.workbook_not_xlsx": 422,
        "paper.workbook_old_format": 422,
        "paper.workbook_protected": 422,
        "paper.workbook_too_many_cells": 413,
        "paper.workbook_too_many_columns": 413,
        "paper.workbook_too_many_rows": 413,
        "paper.workbook_too_many_sheets": 413,
    ]
}
