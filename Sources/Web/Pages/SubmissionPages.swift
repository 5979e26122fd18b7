/// The offices' list of submissions: where each stands, what is next, why not.
public struct SubmissionsPage: Page, Decodable {
    public static let template = "submissions"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let address: String
    let choices: [Choice]
    /// The own city's window and quota, in sentences.
    let lines: [String]
    let shown: String
    let isEmpty: Bool
    let none: EmptyState?
    let rows: [Row]
    let pages: Pages?
    let bulk: Bulk?

    struct Row: Sendable, Decodable {
        let id: String
        let href: String
        let platform: String
        let company: String
        let region: String
        let state: StateWord
        let since: String
        let deadline: String
        let next: String
        /// Why not now; nil when it may be done.
        let lock: String?
    }

    struct Pages: Sendable, Decodable {
        let previous: String?
        let next: String?
    }

    struct Bulk: Sendable, Decodable {
        let href: String
        let action: Choice
    }
}

/// What an act on several would do, before it is done.
public struct SubmissionsBulkPage: Page, Decodable {
    public static let template = "submissionsbulk"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let moves: [Line]
    let hasMoves: Bool
    let refused: [Line]
    let hasRefused: Bool
    let confirm: Confirm?
    let back: String

    struct Line: Sendable, Decodable {
        let id: String
        let name: String
        let text: String
    }

    struct Confirm: Sendable, Decodable {
        let href: String
        let action: String
        let reason: String
        let letter: String
        let title: String
        let effect: String
    }
}

/// One submission: state, clock, what may be done and what stands against it, all its moves.
public struct SubmissionPage: Page, Decodable {
    public static let template = "submission"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let state: StateWord
    let stateSentence: String
    let deadline: String?
    let proposals: [String]
    let acts: [Form]
    let hasActs: Bool
    let events: [Event]
    let hasEvents: Bool

    struct Form: Sendable, Decodable {
        let href: String
        let action: String
        let title: String
        let version: String
        let effect: String
        let isAllowed: Bool
        let needsReason: Bool
        let needsLetter: Bool
        let reasonID: String
        let letterID: String
        let hindrances: [String]
        let hasHindrances: Bool
    }

    struct Event: Sendable, Decodable {
        let instant: String
        let at: String
        let atFull: String
        let who: String
        let what: String
        let to: StateWord
        let reason: String?
        let details: [String]
        let proof: ProofChip?
    }
}

/// Windows, quotas and periods of a round.
public struct WindowsPage: Page, Decodable {
    public static let template = "windows"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let faults: [String]
    let rows: [Row]
    let form: Form?
    let process: Process?

    struct Row: Sendable, Decodable {
        let region: String
        let opens: String
        let closes: String
        let quota: String
        let used: String
        let note: String
    }

    struct Form: Sendable, Decodable {
        let href: String
        let region: Choice
        let fields: [FormField]
    }

    struct Process: Sendable, Decodable {
        let href: String
        let version: String
        let fields: [FormField]
        let maySet: Bool
    }
}

/// The inbox, the own contact, and for the province what could not leave the system.
public struct InboxPage: Page, Decodable {
    public static let template = "inbox"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let faults: [String]
    let choices: [Choice]
    let isEmpty: Bool
    let none: EmptyState?
    let messages: [Message]
    let hasUnread: Bool
    let older: String?
    let fields: [FormField]
    let letters: Letters?

    struct Message: Sendable, Decodable {
        let id: String
        let instant: String
        let at: String
        let atFull: String
        let text: String
        let href: String
        let isUnread: Bool
    }

    struct Letters: Sendable, Decodable {
        let sentence: String
        let hasDead: Bool
        let dead: [Dead]
    }

    struct Dead: Sendable, Decodable {
        let href: String
        let text: String
        let error: String
        let at: String
    }
}
