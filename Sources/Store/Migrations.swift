import Foundation
import GRDB
import Trust
import Vocabulary

/// Forward-only numbered migrations. Each is remembered with the digest of its text, so that a released one that was
/// edited is found instead of run half.
enum Migrations {
    /// Every migration in order; a new one is one file and one line.
    private static let all: [(name: String, sql: [UInt8])] = [
        ("v0001-core", PackageResources.v0001_core_sql),
        ("v0002-access", PackageResources.v0002_access_sql),
        ("v0003-review", PackageResources.v0003_review_sql),
        ("v0008-evaluate", PackageResources.v0008_evaluate_sql),
        ("v0004-collect", PackageResources.v0004_collect_sql),
        ("v0005-submit", PackageResources.v0005_submit_sql),
        ("v0006-match", PackageResources.v0006_match_sql),
        ("v0007-verification", PackageResources.v0007_verification_sql),
        ("v0009-workflow", PackageResources.v0009_workflow_sql),
        ("v0010-desk", PackageResources.v0010_desk_sql),
        ("v0011-sampling", PackageResources.v0011_sampling_sql),
        ("v0012-experts", PackageResources.v0012_experts_sql),
        ("v0013-panel", PackageResources.v0013_panel_sql),
        ("v0014-forms", PackageResources.v0014_forms_sql),
        ("v0015-attachments", PackageResources.v0015_attachments_sql),
        ("v0016-burden", PackageResources.v0016_burden_sql),
        ("v0017-paper", PackageResources.v0017_paper_sql),
        ("v0018-accounts", PackageResources.v0018_accounts_sql),
        ("v0019-privacy", PackageResources.v0019_privacy_sql),
        ("v0020-sheets", PackageResources.v0020_sheets_sql),
        ("v0021-shared", PackageResources.v0021_shared_sql),
        ("v0023-scans", PackageResources.v0023_scans_sql),
        ("v0025-contacts", PackageResources.v0025_contacts_sql),
        ("v0026-letters-and-stamps", PackageResources.v0026_letters_and_stamps_sql),
        ("v0027-segments", PackageResources.v0027_segments_sql),
        ("v0028-port-versions", PackageResources.v0028_port_versions_sql),
        ("v0029-signing-keys", PackageResources.v0029_signing_keys_sql),
        ("v0030-challenges", PackageResources.v0030_challenges_sql),
    ]

    static func run(on pool: DatabasePool) throws {
        try pool.write { database in
            try database.execute(
                sql: """
                    CREATE TABLE IF NOT EXISTS migration (
                        name TEXT PRIMARY KEY, digest BLOB NOT NULL CHECK (length(digest) = 32)
                    ) STRICT
                    """)
            let rows = try Row.fetchAll(database, sql: "SELECT name, digest FROM migration")
            var done: [String: Data] = [:]
            for row in rows { done[row["name"]] = row["digest"] }
            if let unknown = done.keys.sorted().first(where: { name in !all.contains { $0.name == name } }) {
                throw Failure("store.too_new", ["migration": unknown])
            }
            for (name, sql) in all {
                let digest = Digest.sha256(of: sql).bytes.data
                if let known = done[name] {
                    if known != digest { throw Failure("store.migration_changed", ["migration": name]) }
                    continue
                }
                try database.execute(sql: String(decoding: sql, as: UTF8.self))
                try database.execute(
                    sql: "INSERT INTO migration (name, digest) VALUES (?, ?)", arguments: [name, digest])
            }
        }
    }
}
