import Access
import Collect
import Evaluate
import Review
import Scheme
import Store
import Trust
import Vocabulary
import Web

/// What the areas of the people's side are built on.
public struct JoinedStores: Sendable {
    public let database: AuditedDatabase
    /// The data folder; an area keeps its files in a folder of its own below it.
    public let folder: String
    public let clock: any Clock
    public let random: any RandomSource
    public let schemes: any SchemeLibrary
    public let rounds: any RoundStore
    public let cells: CellStores
    public let records: any RecordStore
    public let match: MatchServices
    public let accounts: any AccountStore
    public let evaluations: any EvaluationStore
    public let log: any TransparencyLog
    /// The ways by which messages leave the system.
    public let channels: [any MessageChannel]
    /// Encrypts what tells of persons.
    public let seal: DataSeal

    public init(
        database: AuditedDatabase, folder: String, clock: any Clock, random: any RandomSource,
        schemes: any SchemeLibrary, rounds: any RoundStore, cells: CellStores, records: any RecordStore,
        match: MatchServices, accounts: any AccountStore, evaluations: any EvaluationStore, log: any TransparencyLog,
        seal: DataSeal, channels: [any MessageChannel] = []
    ) {
        self.database = database
        self.folder = folder
        self.clock = clock
        self.random = random
        self.schemes = schemes
        self.rounds = rounds
        self.cells = cells
        self.records = records
        self.match = match
        self.accounts = accounts
        self.evaluations = evaluations
        self.log = log
        self.seal = seal
        self.channels = channels
    }
}
