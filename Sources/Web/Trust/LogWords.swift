import Trust
import Vocabulary
import Wording

/// Entries in the reader's words.
struct LogWords {
    private let catalogue: Catalogue
    private let cutter = DayCutter(zoneName: "Asia/Shanghai")

    init(_ language: Language) { catalogue = Catalogue.of(language) }

    func line(_ entry: LoggedEntry) -> LogPage.Entry {
        LogPage.Entry(
            index: FigureFormat.grouped(entry.index), href: "/log/\(entry.index)", instant: entry.leaf.at.description,
            at: minutes(entry.leaf.at), atFull: catalogue.text("trust.page.zone", ["time": seconds(entry.leaf.at)]),
            kind: kind(entry.leaf.kind), actor: actor(entry.leaf.actor), subject: subject(entry.leaf.subject),
            commitment: entry.leaf.commitment.hex, commitmentShort: String(entry.leaf.commitment.hex.prefix(16)))
    }

    func fields(_ entry: LoggedEntry) -> [LogEntryPage.Field] {
        [
            field("web.log.at", catalogue.text("trust.page.zone", ["time": seconds(entry.leaf.at)])),
            field("web.log.kind", kind(entry.leaf.kind)), field("web.log.actor", actor(entry.leaf.actor)),
            field("web.log.subject", subject(entry.leaf.subject)),
            field("web.log.commitment", entry.leaf.commitment.hex),
        ]
    }

    /// For those who may see what the commitment commits to.
    func fields(_ opening: CommitmentOpening) -> [LogEntryPage.Field] {
        var fields: [LogEntryPage.Field] = []
        if let value = try? CanonicalJSON(parsing: opening.committed) {
            if case .string(let reason)? = value["reason"] { fields.append(field("trust.page.reason", reason)) }
            if let payload = value["payload"], payload != .null {
                fields.append(field("trust.page.payload", payload.text))
            }
        }
        return fields + [field("trust.page.salt", Hexadecimal.text(opening.salt))]
    }

    /// The kind's name; a kind without one reads as it stands in the log.
    func kind(_ kind: AuditKind) -> String {
        let key = "trust.kind." + kind.rawValue.replacing(".", with: "_")
        return catalogue.texts[key] ?? kind.rawValue
    }

    private func actor(_ actor: AuditActor) -> String {
        switch actor {
        case .account(let id): id.rawValue
        case .system(let name): catalogue.texts["trust.actor.\(name)"] ?? name
        case .nobody: catalogue.text("trust.page.nobody")
        }
    }

    private func subject(_ subject: AuditSubject) -> String {
        [subject.round?.rawValue, subject.platform?.rawValue, subject.indicator?.rawValue, subject.key]
            .compactMap { $0 }.joined(separator: " / ")
    }

    /// `2025-11-22 14:05`, in the zone of the province.
    private func minutes(_ instant: Instant) -> String { cutter?.clockText(instant) ?? instant.description }

    /// `2025-11-22 14:05:12`.
    func seconds(_ instant: Instant) -> String {
        let second = instant.milliseconds / 1000 % 60
        return minutes(instant) + (second < 10 ? ":0" : ":") + "\(second)"
    }

    private func field(_ key: String, _ text: String) -> LogEntryPage.Field {
        LogEntryPage.Field(title: catalogue.text(key), text: text)
    }
}
