import Vocabulary

/// The embedded files that make up each language's catalogue, one a room.
enum CatalogueFiles {
    static func all(_ language: Language) -> [[UInt8]] {
        switch language {
        case .zhHans:
            return [
                PackageResources.zh_Hans_common_json, PackageResources.zh_Hans_access_json,
                PackageResources.zh_Hans_collect_json, PackageResources.zh_Hans_submit_json,
                PackageResources.zh_Hans_match_json, PackageResources.zh_Hans_review_json,
                PackageResources.zh_Hans_scheme_json, PackageResources.zh_Hans_score_json,
                PackageResources.zh_Hans_publish_json, PackageResources.zh_Hans_web_json,
                PackageResources.zh_Hans_trust_json, PackageResources.zh_Hans_demo_json,
                PackageResources.zh_Hans_evaluate_json,
            ]
        case .en:
            return [
                PackageResources.en_common_json, PackageResources.en_access_json,
                PackageResources.en_collect_json, PackageResources.en_submit_json,
                PackageResources.en_match_json, PackageResources.en_review_json,
                PackageResources.en_scheme_json, PackageResources.en_score_json,
                PackageResources.en_publish_json, PackageResources.en_web_json,
                PackageResources.en_trust_json, PackageResources.en_demo_json,
                PackageResources.en_evaluate_json,
            ]
        }
    }
}
