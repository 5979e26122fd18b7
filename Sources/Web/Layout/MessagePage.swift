/// A page that says one thing: nothing here yet, not found, not allowed, went wrong, done.
public struct MessagePage: Page, Decodable {
    public static let template = "message"

    /// How it feels: `empty`, `good`, `watch`, `wrong`.
    public enum Tone: String, Sendable { case empty, good, watch, wrong }

    public let title: String
    let tone: String
    let sign: String
    /// The HTTP status, where one is worth reading.
    let status: String?
    /// What happened, and what to do.
    let paragraphs: [String]
    let hasFindings: Bool
    let findings: [FindingLine]
    let acts: [Act]
    /// The stable code, for a report to the administrator.
    let code: String?

    /// A fault in data: where, and what to do about it.
    public struct FindingLine: Sendable, Decodable {
        let place: String
        let text: String
        public init(place: String, text: String) {
            self.place = place
            self.text = text
        }
    }

    public init(
        _ title: String, tone: Tone, status: Int? = nil, paragraphs: [String], findings: [FindingLine] = [],
        acts: [Act] = [], code: String? = nil
    ) {
        self.title = title
        self.tone = tone.rawValue
        switch tone {
        case .empty: self.sign = "○"
        case .good: self.sign = "✓"
        case .watch: self.sign = "▲"
        case .wrong: self.sign = "✕"
        }
        self.status = status.map(String.init)
        self.paragraphs = paragraphs
        self.hasFindings = !findings.isEmpty
        self.findings = findings
        self.acts = acts
        self.code = code
    }
}

/// A link that is the next thing to do.
public struct Act: Sendable, Decodable {
    public let title: String
    public let href: String
    public let isMain: Bool

    public init(_ title: String, href: String, isMain: Bool = false) {
        self.title = title
        self.href = href
        self.isMain = isMain
    }
}
