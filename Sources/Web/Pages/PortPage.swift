/// The company's port: the connection in one sentence, counts against declared, batches, rejects, keys.
public struct PortPage: Page, Decodable {
    public static let template = "port"
    public var title: String { heading.title }
    let heading: Heading
    let notice: Notice?
    let companyHref: String
    let companyTitle: String
    let tone: String
    let state: StateWord
    let sentence: String
    let facts: [Fact]
    let newKey: NewKey?
    /// False as long as damaged data keeps everything from being counted.
    let hasCounts: Bool
    let counts: [Count]
    let countsSentence: String
    let months: [Month]
    let coverageLegend: [CoverageMark]
    let coverageNote: String
    let daily: ChartView?
    let noRecords: EmptyState?
    let hasBatches: Bool
    let batches: [Batch]
    let noBatches: EmptyState?
    let hasRejects: Bool
    let rejects: [Reject]
    let hasKeys: Bool
    let keys: [Key]
    /// Where a new key is asked for; nil for those who may not.
    let keyHref: String?
    let curl: String

    struct NewKey: Sendable, Decodable {
        let key: String
    }

    struct Count: Sendable, Decodable {
        let number: String
        let title: String
        let declared: Figure?
        let counted: Figure?
        let bar: BalanceBar?
        let deviation: String
        let state: StateWord
        /// Month by month, and what the value is made of.
        let notes: [String]
        /// Evidence level and completeness.
        let basis: String
    }

    struct Month: Sendable, Decodable {
        let title: String
        let sentence: String
        let days: [Day]
        let share: String
    }

    struct Day: Sendable, Decodable {
        /// `full`, `late`, `none`, `wait`.
        let kind: String
        let x: String
        let title: String
    }

    struct CoverageMark: Sendable, Decodable {
        let kind: String
        let title: String
    }

    struct Batch: Sendable, Decodable {
        let instant: String
        let at: String
        let atFull: String
        let id: String
        let kinds: String
        let accepted: String
        let rejected: String
        let rejectsHref: String?
        let state: StateWord
        let proof: ProofChip?
    }

    struct Reject: Sendable, Decodable {
        let count: String
        let href: String
        let reason: String
        let example: String
    }

    struct Key: Sendable, Decodable {
        let name: String
        let id: String
        let made: String
        let used: String
    }
}
