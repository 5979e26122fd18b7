/// A file that an office works through: cards with what is known, and below each what may be done. Panel, telling,
/// notice, objection and correction are all read and handled this way.
public struct DossierPage: Page, Decodable {
    public static let template = "dossier"
    public var title: String { heading.title }
    let hasCrumbs: Bool
    let crumbs: [Crumb]
    let heading: Heading
    let notices: [Notice]
    let hasFacts: Bool
    let facts: [Fact]
    let cards: [DossierCard]

    struct Crumb: Sendable, Decodable {
        let title: String
        let href: String
    }

    init(
        _ heading: Heading, crumbs: [Crumb] = [], notices: [Notice] = [], facts: [Fact] = [], cards: [DossierCard]
    ) {
        self.hasCrumbs = !crumbs.isEmpty
        self.crumbs = crumbs
        self.heading = heading
        self.notices = notices
        self.hasFacts = !facts.isEmpty
        self.facts = facts
        self.cards = cards
    }
}

/// One card: a head, then whatever it has, in this order.
struct DossierCard: Sendable, Decodable {
    let id: String
    let title: String
    var isWide = false
    var hint: String?
    var state: StateWord?
    let hasLinks: Bool
    let links: [HeadAct]
    let paragraphs: [String]
    let findings: [Notice]
    let hasPairs: Bool
    let pairs: [DossierPair]
    let table: DossierTable?
    let hasPapers: Bool
    let papers: [Paper]
    let timeline: Timeline?
    let empty: EmptyState?
    let hasForms: Bool
    let forms: [DossierForm]

    init(
        _ id: String, _ title: String, hint: String? = nil, state: StateWord? = nil, isWide: Bool = false,
        links: [HeadAct] = [], paragraphs: [String] = [], findings: [Notice] = [], pairs: [DossierPair] = [],
        table: DossierTable? = nil, papers: [Paper] = [], timeline: Timeline? = nil, empty: EmptyState? = nil,
        forms: [DossierForm] = []
    ) {
        self.id = id
        self.title = title
        self.isWide = isWide
        self.hint = hint
        self.state = state
        self.hasLinks = !links.isEmpty
        self.links = links
        self.paragraphs = paragraphs
        self.findings = findings
        self.hasPairs = !pairs.isEmpty
        self.pairs = pairs
        self.table = table
        self.hasPapers = !papers.isEmpty
        self.papers = papers
        self.timeline = timeline
        self.empty = empty
        self.hasForms = !forms.isEmpty
        self.forms = forms
    }
}

/// A name and what stands under it.
struct DossierPair: Sendable, Decodable {
    let title: String
    let text: String
    var proof: ProofChip?

    init(_ title: String, _ text: String, proof: ProofChip? = nil) {
        self.title = title
        self.text = text
        self.proof = proof
    }
}

/// A table that scrolls inside itself; the first cell of a row is its head.
struct DossierTable: Sendable, Decodable {
    let label: String
    let columns: [Head]
    let rows: [Row]

    struct Head: Sendable, Decodable {
        let title: String
        let isFigure: Bool
    }

    struct Row: Sendable, Decodable {
        let cells: [DossierCell]
    }

    /// - Parameter columns: titles; one that begins with `#` is a column of figures.
    init(_ label: String, columns: [String], rows: [[DossierCell]]) {
        self.label = label
        self.columns = columns.map {
            Head(title: $0.hasPrefix("#") ? String($0.dropFirst()) : $0, isFigure: $0.hasPrefix("#"))
        }
        self.rows = rows.map { row in
            Row(
                cells: row.enumerated().map { index, cell in
                    var cell = cell
                    cell.isHead = index == 0
                    return cell
                })
        }
    }
}

/// One cell of a table.
struct DossierCell: Sendable, Decodable {
    var isHead = false
    let isFigure: Bool
    let text: String
    let href: String?
    let note: String?
    let state: StateWord?
    let check: Check?
    let proof: ProofChip?

    /// A box to tick that belongs to a form elsewhere on the page.
    struct Check: Sendable, Decodable {
        let form: String
        let name: String
        let label: String
        let isChecked: Bool
    }

    init(
        _ text: String, isFigure: Bool = false, href: String? = nil, note: String? = nil, state: StateWord? = nil,
        check: Check? = nil, proof: ProofChip? = nil
    ) {
        self.isFigure = isFigure
        self.text = text
        self.href = href
        self.note = note
        self.state = state
        self.check = check
        self.proof = proof
    }

    static func figure(_ text: String?, note: String? = nil) -> DossierCell {
        DossierCell(text ?? "–", isFigure: true, note: note)
    }
}

/// A form under a card; a folded one opens in place and names its effect first.
struct DossierForm: Sendable, Decodable {
    let id: String
    let title: String
    let effect: String?
    let method: String
    let action: String
    let isMultipart: Bool
    let isFolded: Bool
    let isMain: Bool
    let isWrong: Bool
    let button: String
    let fields: [DossierField]

    init(
        _ id: String, _ title: String, action: String, effect: String? = nil, method: String = "post",
        isFolded: Bool = true, isMain: Bool = false, isWrong: Bool = false, button: String? = nil,
        fields: [DossierField] = []
    ) {
        self.id = id
        self.title = title
        self.effect = effect
        self.method = method
        self.action = action
        self.isMultipart = fields.contains(where: \.isFile)
        self.isFolded = isFolded
        self.isMain = isMain
        self.isWrong = isWrong
        self.button = button ?? title
        self.fields = fields.map { $0.inForm(id) }
    }
}

/// One field of such a form.
struct DossierField: Sendable, Decodable {
    enum Kind: String, Sendable, Decodable { case text, date, area, file, choice, check, hidden }
    var id: String
    let name: String
    let label: String
    let hint: String?
    let error: String?
    let value: String
    let maxLength: String
    let isRequired: Bool
    let isShown: Bool
    let isHidden: Bool
    let isArea: Bool
    let isFile: Bool
    let isChoice: Bool
    let isCheck: Bool
    let isChecked: Bool
    /// `text` or `date`; nil for what is no plain input.
    let inputType: String?
    let options: [Choice.Option]

    init(
        _ kind: Kind, _ name: String, _ label: String = "", hint: String? = nil, error: String? = nil,
        value: String = "", maxLength: Int = 200, isRequired: Bool = false, isChecked: Bool = false,
        options: [(value: String, title: String)] = []
    ) {
        self.id = name
        self.name = name
        self.label = label
        self.hint = hint
        self.error = error
        self.value = value
        self.maxLength = "\(maxLength)"
        self.isRequired = isRequired
        self.isHidden = kind == .hidden
        self.isShown = kind != .hidden
        self.isArea = kind == .area
        self.isFile = kind == .file
        self.isChoice = kind == .choice
        self.isCheck = kind == .check
        self.isChecked = isChecked
        self.inputType = kind == .text ? "text" : kind == .date ? "date" : nil
        self.options = options.map { Choice.Option(value: $0.value, title: $0.title, isSelected: $0.value == value) }
    }

    func inForm(_ form: String) -> DossierField {
        var field = self
        field.id = "\(form)-\(name)"
        return field
    }
}
