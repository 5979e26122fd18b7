import Vocabulary
import Wording

/// What surrounds every page: who reads, in which language, where, in which round, under which log.
public struct PageFrame: Sendable {
    public var language: Language
    /// Path and query as they were asked, for the language switch and for coming back after sign-in.
    public var address: String
    /// Nil for the public.
    public var account: SignedInAccount?
    /// What the reader may go to, in order.
    public var navigation: [NavigationItem]
    /// The round the page speaks of; nil outside of a round. Rehearsals and demonstrations are marked on every page.
    public var round: RoundMark?
    /// The log's last checkpoint; nil before there is one.
    public var checkpoint: CheckpointMark?
    /// Charts are drawn on this page, so ECharts is loaded.
    public var drawsCharts: Bool

    public init(
        language: Language, address: String, account: SignedInAccount? = nil, navigation: [NavigationItem] = [],
        round: RoundMark? = nil, checkpoint: CheckpointMark? = nil, drawsCharts: Bool = false
    ) {
        self.language = language
        self.address = address
        self.account = account
        self.navigation = navigation
        self.round = round
        self.checkpoint = checkpoint
        self.drawsCharts = drawsCharts
    }

    /// The same address in another language: `lang` is replaced, everything else stays.
    public func address(in other: Language) -> String {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = parts.first.map(String.init) ?? "/"
        let kept = parts.count > 1 ? parts[1].split(separator: "&").filter { !$0.hasPrefix("lang=") } : []
        return path + "?" + (kept.map(String.init) + ["lang=\(other == .zhHans ? "zh" : "en")"]).joined(separator: "&")
    }
}

/// The reader, as the header shows them.
public struct SignedInAccount: Sendable {
    public var name: String
    /// The role's title in the reader's language, such as “province operator”.
    public var role: String

    public init(name: String, role: String) {
        self.name = name
        self.role = role
    }
}

/// One entry of the navigation.
public struct NavigationItem: Sendable {
    public var title: String
    public var href: String
    public var isCurrent: Bool

    public init(title: String, href: String, isCurrent: Bool = false) {
        self.title = title
        self.href = href
        self.isCurrent = isCurrent
    }
}

/// The round in the frame.
public struct RoundMark: Sendable {
    public enum Kind: String, Sendable { case production, rehearsal, demonstration }
    public var title: String
    public var kind: Kind

    public init(title: String, kind: Kind) {
        self.title = title
        self.kind = kind
    }
}

/// The log's checkpoint in the footer.
public struct CheckpointMark: Sendable {
    /// Number of entries under the checkpoint.
    public var size: Int
    /// The root hash in hexadecimal; the footer shows its first twelve digits.
    public var root: String

    public init(size: Int, root: String) {
        self.size = size
        self.root = root
    }
}
