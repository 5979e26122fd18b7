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
                PackageResources.zh_Hans_workflow_json,
                PackageResources.zh_Hans_desk_json,
                PackageResources.zh_Hans_sampling_json,
                PackageResources.zh_Hans_experts_json,
                PackageResources.zh_Hans_panel_json,
                PackageResources.zh_Hans_forms_json,
                PackageResources.zh_Hans_attachments_json,
                PackageResources.zh_Hans_burden_json,
                PackageResources.zh_Hans_paper_json,
                PackageResources.zh_Hans_accounts_json,
                PackageResources.zh_Hans_privacy_json,
                PackageResources.zh_Hans_agent_json,
                PackageResources.zh_Hans_challenge_json,
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
                PackageResources.en_workflow_json,
                PackageResources.en_desk_json,
                PackageResources.en_sampling_json,
                PackageResources.en_experts_json,
                PackageResources.en_panel_json,
                PackageResources.en_forms_json,
                PackageResources.en_attachments_json,
                PackageResources.en_burden_json,
                PackageResources.en_paper_json,
                PackageResources.en_accounts_json,
                PackageResources.en_privacy_json,
                PackageResources.en_agent_json,
                PackageResources.en_challenge_json,
            ]
        }
    }
}
