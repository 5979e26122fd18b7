import HTTPTypes
import Hummingbird
import Vocabulary

extension Request {
    /// The same request with a JSON body, so that a form and the API go through one and the same route.
    /// - Parameter version: what the form was filled from; becomes `If-Match`.
    func carrying(_ body: some Encodable, version: String? = nil) throws -> Request {
        var head = head
        head.headerFields[.contentType] = "application/json"
        head.headerFields[.contentLength] = nil
        if let version { head.headerFields[.ifMatch] = EntityTag.text(Int(version) ?? 0) }
        return Request(head: head, body: .init(buffer: try JSONBody.encode(body)))
    }
}
