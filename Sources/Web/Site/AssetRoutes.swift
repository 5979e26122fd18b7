import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// Our own styles and scripts out of the binary, and third-party assets out of the folder that set-up filled.
struct AssetRoutes: Sendable {
    /// Where set-up put pinned third-party files: `Assets/vendor` beside the binary's start folder, or
    /// `HENG_ASSETS`.
    private let vendorFolder: String

    init() {
        vendorFolder = ProcessInfo.processInfo.environment["HENG_ASSETS"] ?? "Assets/vendor"
    }

    func add(to router: Router<WebContext>) {
        router.get("/assets/:file") { _, context in
            let name = try context.parameter("file")
            guard let asset = AssetFiles.all[name] else { throw Failure("web.not_found") }
            return Self.answer(ByteBuffer(bytes: asset.bytes), asset.contentType)
        }
        router.get("/assets/vendor/:file") { [vendorFolder] _, context in
            let name = try context.parameter("file")
            let isPlain = name.utf8.allSatisfy {
                $0 == 45 || $0 == 46 || ($0 >= 48 && $0 <= 57) || ($0 >= 97 && $0 <= 122)
            }
            guard isPlain, !name.hasPrefix("."),
                let data = FileManager.default.contents(atPath: vendorFolder + "/" + name)
            else { throw Failure("web.not_found") }
            return Self.answer(ByteBuffer(data: data), "text/javascript; charset=utf-8")
        }
    }

    private static func answer(_ bytes: ByteBuffer, _ type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "public, max-age=31536000, immutable"],
            body: .init(byteBuffer: bytes))
    }
}
