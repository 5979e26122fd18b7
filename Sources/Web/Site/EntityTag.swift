import HTTPTypes
import Hummingbird
import Vocabulary

/// Entity tags of resources that people edit: the version number in quotes.
public enum EntityTag {
    public static func text(_ version: Int) -> String { "\"\(version)\"" }

    /// Holds `If-Match` against the present version.
    /// - Throws: `web.precondition_required` (428) without the header; `web.precondition_failed` (412) with a stale one.
    public static func check(_ request: Request, version: Int) throws(Failure) {
        guard let header = request.headers[.ifMatch] else { throw Failure("web.precondition_required") }
        let tags = header.split(separator: ",").map { $0.filter { $0 != " " } }
        if !tags.contains(text(version)) && !tags.contains("*") {
            throw Failure("web.precondition_failed", ["version": "\(version)"])
        }
    }
}
