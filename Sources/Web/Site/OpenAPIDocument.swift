/// The OpenAPI 3.1 document, joined out of the rooms' fragments: each has `paths:` and `components:` › `schemas:`
/// at the left margin and two-space indentation.
public enum OpenAPIDocument {
    /// One fragment a room, in the order of the document.
    private static let fragments: [[UInt8]] = [
        PackageResources.openapi_access_yaml,
        PackageResources.openapi_collect_yaml,
        PackageResources.openapi_evaluate_yaml,
        PackageResources.openapi_match_yaml,
        PackageResources.openapi_review_yaml,
        PackageResources.openapi_scheme_yaml,
        PackageResources.openapi_submit_yaml,
        PackageResources.openapi_trust_yaml,
        PackageResources.openapi_workflow_yaml,
        PackageResources.openapi_desk_yaml,
        PackageResources.openapi_sampling_yaml,
        PackageResources.openapi_experts_yaml,
        PackageResources.openapi_panel_yaml,
        PackageResources.openapi_forms_yaml,
        PackageResources.openapi_attachments_yaml,
        PackageResources.openapi_burden_yaml,
        PackageResources.openapi_paper_yaml,
        PackageResources.openapi_accounts_yaml,
        PackageResources.openapi_privacy_yaml,
        PackageResources.openapi_challenge_yaml,
    ]

    /// The whole document as YAML.
    public static let yaml: String = {
        var paths = ""
        var schemas = ""
        for bytes in fragments {
            var target = ""
            for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            {
                switch line {
                case "paths:": target = "paths"
                case "components:": target = ""
                case "  schemas:" where target.isEmpty: target = "schemas"
                default:
                    if target == "paths" { paths += line + "\n" } else if target == "schemas" { schemas += line + "\n" }
                }
            }
        }
        let head = String(decoding: PackageResources.openapi_head_yaml, as: UTF8.self)
        return head.replacing("{{paths}}", with: paths).replacing("{{schemas}}", with: schemas)
    }()
}
