import Vocabulary

/// Our own style sheets and scripts, embedded; served at `/assets/NAME`.
public enum AssetFiles {
    /// One asset as it is served.
    public struct Asset: Sendable {
        public let name: String
        public let contentType: String
        public let bytes: [UInt8]
    }

    /// By name: `heng.css`, `heng.js`, `charts.js`, `seal.svg`.
    public static let all: [String: Asset] = {
        let css = [
            PackageResources.tokens_css, PackageResources.base_css, PackageResources.components_css,
            PackageResources.pages_css,
            PackageResources.workflow_css,
            PackageResources.desk_css,
            PackageResources.sampling_css,
            PackageResources.experts_css,
            PackageResources.panel_css,
            PackageResources.forms_css,
            PackageResources.attachments_css,
            PackageResources.burden_css,
            PackageResources.paper_css,
            PackageResources.accounts_css,
            PackageResources.privacy_css,
            PackageResources.print_css,
        ]
        let scripts = [
            PackageResources.heng_js,
            PackageResources.workflow_js,
            PackageResources.desk_js,
            PackageResources.sampling_js,
            PackageResources.experts_js,
            PackageResources.panel_js,
            PackageResources.forms_js,
            PackageResources.sheet_js,
            PackageResources.attachments_js,
            PackageResources.burden_js,
            PackageResources.paper_js,
            PackageResources.accounts_js,
            PackageResources.privacy_js,
        ]
        let assets = [
            Asset(name: "heng.css", contentType: "text/css; charset=utf-8", bytes: Array(css.joined(separator: [10]))),
            Asset(
                name: "heng.js", contentType: "text/javascript; charset=utf-8",
                bytes: Array(scripts.joined(separator: [10]))),
            Asset(name: "charts.js", contentType: "text/javascript; charset=utf-8", bytes: PackageResources.charts_js),
            Asset(name: "seal.svg", contentType: "image/svg+xml", bytes: PackageResources.seal_svg),
        ]
        return Swift.Dictionary(uniqueKeysWithValues: assets.map { ($0.name, $0) })
    }()

    /// Changes with any byte of any asset (FNV-1a, 64 bits); appended to addresses so that copies may be kept long.
    public static let version: String = {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for name in all.keys.sorted() {
            for byte in all[name]?.bytes ?? [] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        }
        return String(hash, radix: 16)
    }()
}
