import Hummingbird
import Vocabulary

/// One page of a longer list: `{items, next}`.
public struct ListPage<Item: Encodable & Sendable>: Encodable, Sendable {
    public let items: [Item]
    /// Hand it back as `?cursor=`; null on the last page.
    public let next: String?

    public init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }

    private enum CodingKeys: String, CodingKey { case items, next }

    /// `next` is written even where it is null, as the contract says.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }
}

/// `?limit=&cursor=` of a request.
public struct ListQuery: Sendable {
    public let limit: Int
    public let cursor: String?

    /// - Throws: `web.parameter_invalid` for a limit outside 1…`maximum`.
    public init(_ request: Request, standard: Int = 100, maximum: Int = 500) throws(Failure) {
        cursor = request.uri.queryParameters["cursor"].map(String.init)
        guard let text = request.uri.queryParameters["limit"] else {
            limit = standard
            return
        }
        guard let value = Int(text), (1...maximum).contains(value) else {
            throw Failure("web.parameter_invalid", ["name": "limit", "expected": "1–\(maximum)"])
        }
        limit = value
    }
}
