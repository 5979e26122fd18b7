import Access
import Hummingbird
import Logging
import Vocabulary

/// What belongs to one request: who asks, in which language, and the parameters of the route.
public struct WebContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Who asks; `Principal.nobody` until `AuthenticationMiddleware` has looked.
    public var principal: Principal
    /// The session behind the principal; nil for nobody.
    public var session: SessionReference?
    /// The reader's language: the `lang` cookie or query first, then `Accept-Language`, else Chinese.
    public var language: Language
    /// The path with its query, for links that come back here.
    public var address: String

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        principal = .nobody
        session = nil
        language = .zhHans
        address = "/"
    }

    /// A path parameter, percent-decoded.
    /// - Throws: `web.not_found` when the route has no such parameter: a fault of ours that reads as a wrong address.
    public func parameter(_ name: String) throws(Failure) -> String {
        guard let value = parameters.get(name) else { throw Failure("web.not_found") }
        return value.removingPercentEncoding ?? value
    }

    public var roundID: RoundID { get throws { RoundID(try parameter("round")) } }
    public var platformID: PlatformID { get throws { PlatformID(try parameter("platform")) } }
    public var indicatorID: IndicatorID { get throws { IndicatorID(try parameter("indicator")) } }
}

/// How the principal proved who it is.
public struct SessionReference: Sendable, Hashable {
    /// The session's own id (never the token).
    public var id: String
    /// A browser's cookie; a write then needs the same origin.
    public var isCookie: Bool

    public init(id: String, isCookie: Bool) {
        self.id = id
        self.isCookie = isCookie
    }
}
