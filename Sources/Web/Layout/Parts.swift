/// The head of a page: where one is, what it is called, what one may do with the whole.
public struct Heading: Sendable, Decodable {
    public let title: String
    let kicker: String?
    let lead: String?
    let hasActs: Bool
    let acts: [HeadAct]

    init(_ title: String, kicker: String? = nil, lead: String? = nil, acts: [HeadAct] = []) {
        self.title = title
        self.kicker = kicker
        self.lead = lead
        self.hasActs = !acts.isEmpty
        self.acts = acts
    }
}

/// A link in the head of a page.
struct HeadAct: Sendable, Decodable {
    let title: String
    let href: String
    var isMain: Bool
    var isDownload: Bool

    init(_ title: String, href: String, isMain: Bool = false, isDownload: Bool = false) {
        self.title = title
        self.href = href
        self.isMain = isMain
        self.isDownload = isDownload
    }
}

/// A word for a state, always with a sign, never by colour alone.
struct StateWord: Sendable, Decodable {
    enum Tone: String, Sendable, Decodable { case good, watch, wrong, plain, act }
    let sign: String
    let word: String
    let tone: String

    init(_ sign: String, _ word: String, _ tone: Tone) {
        self.sign = sign
        self.word = word
        self.tone = tone.rawValue
    }
}

/// A sentence in the flow of the page that must not be missed.
struct Notice: Sendable, Decodable {
    let text: String
    let tone: String
    let sign: String

    init(_ text: String, _ tone: StateWord.Tone) {
        self.text = text
        self.tone = tone.rawValue
        switch tone {
        case .good: self.sign = "✓"
        case .watch: self.sign = "▲"
        case .wrong: self.sign = "✕"
        case .plain, .act: self.sign = "i"
        }
    }
}

/// One of the large figures under the head.
struct Fact: Sendable, Decodable {
    let label: String
    let figure: Figure
    let note: String?
}

/// Why it is empty, and what to do.
struct EmptyState: Sendable, Decodable {
    let why: String
    let act: Link?
    struct Link: Sendable, Decodable {
        let title: String
        let href: String
    }

    init(_ why: String, act: Link? = nil) {
        self.why = why
        self.act = act
    }
}

/// The entry of the log that stands behind something.
struct ProofChip: Sendable, Decodable {
    let index: String
    let href: String

    init(index: Int) {
        self.index = FigureFormat.grouped(index)
        self.href = "/log/\(index)"
    }
}

/// Who did what, newest first.
struct Timeline: Sendable, Decodable {
    let acts: [Line]
    struct Line: Sendable, Decodable {
        let instant: String
        let at: String
        let atFull: String
        let who: String
        let what: String
        let proof: ProofChip?
    }
}

/// A piece of evidence as it lies in the file.
struct Paper: Sendable, Decodable {
    /// `PDF`, `PNG` …
    let kind: String
    let name: String
    /// Nil for those who may not open it.
    let href: String?
    let size: String
    let at: String
    let digest: String
    let digestShort: String
}

/// A text field: label above, unit inside right, hint, error below.
struct FormField: Sendable, Decodable {
    let id: String
    let name: String
    let label: String
    let unit: String?
    let value: String
    /// `decimal`, `numeric`, `text`.
    let inputMode: String
    let hint: String?
    /// What is wrong and what to do.
    let error: String?
    let isRequired: Bool
    let isReadOnly: Bool
    /// What stood there when the page was made, so that a form without scripts can be merged; nil where nobody types.
    var was: String?
    /// Steps to choose from instead of typing; nil for a typed field.
    let selection: Selection?
    struct Selection: Sendable, Decodable {
        let options: [Choice.Option]
    }

    init(
        id: String, name: String, label: String, unit: String? = nil, value: String = "", inputMode: String = "text",
        hint: String? = nil, error: String? = nil, isRequired: Bool = false, isReadOnly: Bool = false,
        options: [Choice.Option]? = nil
    ) {
        self.selection = options.map { Selection(options: $0) }
        self.id = id
        self.name = name
        self.label = label
        self.unit = unit
        self.value = value
        self.inputMode = inputMode
        self.hint = hint
        self.error = error
        self.isRequired = isRequired
        self.isReadOnly = isReadOnly
    }
}

/// A choice of one.
struct Choice: Sendable, Decodable {
    let id: String
    let name: String
    let label: String
    let options: [Option]
    struct Option: Sendable, Decodable {
        let value: String
        let title: String
        let isSelected: Bool
    }

    /// - Parameter selected: the chosen value; the first is chosen when none fits.
    /// - Parameter id: its own on the page, where one name stands in several forms.
    init(
        _ name: String, id: String? = nil, label: String, options: [(value: String, title: String)], selected: String
    ) {
        self.id = id ?? name
        self.name = name
        self.label = label
        self.options = options.map { Option(value: $0.value, title: $0.title, isSelected: $0.value == selected) }
    }
}

/// A column's head, with the address that sorts by it.
struct Column: Sendable, Decodable {
    let title: String
    let isFigure: Bool
    let href: String?
    /// `ascending`, `descending`, or nil.
    let sorted: String?
    let sign: String?
}
