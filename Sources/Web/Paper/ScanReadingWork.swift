import Submit
import Trust
import Vocabulary

/// Reads scans that were handed in, few at a time, in the order in which they came; those that somebody waits for to
/// submit go first. A scan waits in the archive, so that nothing is lost when the server ends in between.
public actor ScanReadingWork: BackgroundWork {
    private let archive: any PaperArchive
    private let reader: any ScanReader
    private let clock: any Clock
    private let random: any RandomSource
    private let atOnce: Int

    private var queue: [Int64] = []
    private var reading: Set<Int64> = []
    private var faults: [Int64: Int] = [:]
    private var waiting: [Int64: [Int: CheckedContinuation<Void, Never>]] = [:]
    private var tickets = 0
    /// A scan whose reading fell so often is left to the office.
    private static let mostFaults = 3

    /// - Parameter atOnce: scans read at the same time.
    public init(
        archive: any PaperArchive, reader: any ScanReader, clock: any Clock, random: any RandomSource, atOnce: Int = 1
    ) {
        self.archive = archive
        self.reader = reader
        self.clock = clock
        self.random = random
        self.atOnce = atOnce
    }

    /// Takes up what an earlier run of the server has left, and what fell, every half minute.
    public func run() async throws {
        while !Task.isCancelled {
            for id in (try? await archive.waitingScans()) ?? [] { take(id, first: false) }
            do { try await Task.sleep(for: .seconds(30)) } catch { return }
        }
    }

    /// Reads the scan, and waits for it for a while.
    /// - Parameter first: before everything that nobody waits for.
    /// - Returns: the scan as it stands then, perhaps still waiting; nil when there is none.
    public func read(_ id: Int64, first: Bool = false, within time: Duration) async throws -> StampedScan? {
        let present = try await archive.scan(id)
        guard present?.state == .waiting else { return present }
        take(id, first: first)
        await wait(for: id, time)
        return try await archive.scan(id)
    }

    private func take(_ id: Int64, first: Bool) {
        guard !reading.contains(id) else { return }
        let known = queue.firstIndex(of: id)
        if known == nil || first {
            if let known { queue.remove(at: known) }
            if first { queue.insert(id, at: 0) } else { queue.append(id) }
        }
        guard reading.count < atOnce else { return }
        next()
    }

    private func next() {
        guard !queue.isEmpty else { return }
        let id = queue.removeFirst()
        reading.insert(id)
        Task { await self.work(on: id) }
    }

    private func work(on id: Int64) async {
        do {
            try await readOne(id)
            faults[id] = nil
        } catch {
            // It still waits in the archive; `run` takes it up again.
            faults[id, default: 0] += 1
        }
        reading.remove(id)
        for (_, continuation) in waiting.removeValue(forKey: id) ?? [:] { continuation.resume() }
        next()
    }

    private func readOne(_ id: Int64) async throws {
        guard let scan = try await archive.scan(id), scan.state == .waiting,
            let paper = try await archive.version(scan.kind, of: scan.subject, in: scan.round, number: scan.number)
        else { return }
        var verdict = ScanVerdict.unreadable
        var read = StampedScan.Read()
        if faults[id, default: 0] < Self.mostFaults, let bytes = try await archive.bytes(scan.file) {
            let reading = try await reader.read(bytes, type: scan.type)
            verdict = ScanVerdict(reading, asked: paper)
            read = StampedScan.Read(pages: reading.pages, stampPage: reading.stampPage)
            if case .same(let way) = verdict { read.way = way }
        }
        let (state, refusal): (StampedScan.State, ScanRefusal?) =
            switch verdict {
            case .same: (.read, nil)
            case .unreadable: (.unread, nil)
            case .otherPaper: (.refused, .otherPaper)
            case .otherVersion(let number): (.refused, .otherVersion(number))
            }
        let platform: PlatformID? = [.declaration, .commitment].contains(scan.kind) ? PlatformID(scan.subject) : nil
        let entry = AuditEntry(
            "paper.scan_read", actor: .system("scan-reader"), at: clock.now(),
            subject: AuditSubject(round: scan.round, platform: platform, key: "paper:\(scan.kind.rawValue)"),
            payload: [
                "digest": .string(scan.file.hex), "version": .string("\(scan.number)"),
                "state": .string(state.rawValue), "refusal": .string(refusal?.text ?? ""),
            ], salt: random.salt())
        try await archive.conclude(id, state, refusal, read, entry: entry)
    }

    // MARK: - Who waits

    private func wait(for id: Int64, _ time: Duration) async {
        guard reading.contains(id) || queue.contains(id) else { return }
        tickets += 1
        let ticket = tickets
        let end = Task {
            try? await Task.sleep(for: time)
            self.giveUp(id, ticket)
        }
        await withCheckedContinuation { waiting[id, default: [:]][ticket] = $0 }
        end.cancel()
    }

    private func giveUp(_ id: Int64, _ ticket: Int) {
        waiting[id]?.removeValue(forKey: ticket)?.resume()
    }
}
