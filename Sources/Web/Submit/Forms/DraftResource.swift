import Scheme
import Submit
import Vocabulary
import Wording

/// One field of a form as the company's pages see it.
struct DraftFieldResource: Encodable, Sendable {
    let figure: String
    let text: String
    let version: Int
    let origin: FigureOrigin
    let isConfirmed: Bool
    let by: AccountID
    /// The person's name, for the colleagues of the same company.
    let byName: String
    let at: Instant
    /// As people read it: `11-22 14:05`.
    let atText: String

    init(_ field: DraftField, _ names: [AccountID: String], _ moments: MomentFormat) {
        figure = field.figure
        text = field.text
        version = field.version
        origin = field.origin
        isConfirmed = field.isConfirmed
        by = field.by
        byName = names[field.by] ?? field.by.rawValue
        at = field.at
        atText = moments.short(field.at)
    }
}

/// The form of one cell as it is being typed.
struct DraftResource: Encodable, Sendable {
    struct Edit: Encodable, Sendable {
        let id: String
        let figure: String
        let fate: FieldMerge.Fate
    }

    let indicator: IndicatorID
    let fields: [DraftFieldResource]
    /// What became of the edits that were sent, in their order.
    let edits: [Edit]
    /// The declared values as they stand now: the last good ones.
    let values: [String: ExactDecimal]
    /// Of the declaration.
    let version: Int
    /// Errors keep the declaration at its last good figures.
    let findings: [Problem.Item]
    /// As people read it, for the saved mark: `14:05`.
    let savedAt: String
}

extension Services {
    /// Names of accounts, for colleagues; unknown ones are left out.
    func names(_ accounts: some Sequence<AccountID>) async throws -> [AccountID: String] {
        var names: [AccountID: String] = [:]
        for id in Set(accounts) { names[id] = try await self.accounts.account(id)?.displayName }
        return names
    }
}
