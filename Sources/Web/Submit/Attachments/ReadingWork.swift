import Match
import Review
import Scheme
import Submit
import Trust
import Vocabulary

/// Reads files in the background, one at a time, in the order in which they were attached: scanned for harm if there is
/// a scanner, then their text, then the numbers and the fingerprint by which the same is found elsewhere.
public struct ReadingWork: BackgroundWork {
    private let readings: any ReadingStore
    private let evidence: any EvidenceStore
    private let reader: any EvidenceReader
    private let scanner: (any EvidenceScanner)?
    /// What the scanner's last answer says of it.
    public let health = ScannerHealth()
    private let rounds: any RoundStore
    private let schemes: any SchemeLibrary
    private let clock: any Clock
    private let messages: (any MessageDesk)?

    /// - Parameter messages: Tells who uploaded a file that it is shut away or could not be read.
    public init(
        readings: any ReadingStore, evidence: any EvidenceStore, reader: any EvidenceReader,
        scanner: (any EvidenceScanner)?, rounds: any RoundStore, schemes: any SchemeLibrary, clock: any Clock,
        messages: (any MessageDesk)? = nil
    ) {
        self.messages = messages
        self.readings = readings
        self.evidence = evidence
        self.reader = reader
        self.scanner = scanner
        self.rounds = rounds
        self.schemes = schemes
        self.clock = clock
    }

    public func run() async throws {
        while !Task.isCancelled {
            let isBusy = (try? await readNext()) ?? false
            if isBusy { continue }
            do { try await Task.sleep(for: .seconds(2)) } catch { return }
        }
    }

    /// Reads the file that waits longest.
    /// - Returns: false when none waits.
    public func readNext() async throws -> Bool {
        guard let (digest, type, tries) = try await readings.take(now: clock.now()) else { return false }
        do {
            guard let bytes = try await evidence.bytes(digest) else {
                try await readings.end(digest, .unreadable, note: "damaged", now: clock.now())
                return true
            }
            let threat = try await scanner?.threat(in: bytes)
            health.report(isDown: false)
            if let threat {
                try await readings.end(digest, .quarantined, note: threat, now: clock.now())
                await tell("message.evidence_quarantined", of: digest, ["threat": threat])
                return true
            }
            let note = try await reader.read(bytes, type) { page, done, pages in
                try await readings.begin(digest, pages: pages, done: done, page: page)
            }
            try await find(in: digest)
            try await readings.end(digest, note == nil ? .read : .partly, note: note, now: clock.now())
            if note != nil { await tell("message.evidence_partly", of: digest) }
        } catch is CancellationError {
            return false
        } catch let failure as Failure where failure.code == "submit.scanner_unreachable" {
            // Unscanned files are not let through; the scanner may come back, so that this one stays in the queue.
            health.report(isDown: true)
            try await readings.wait(digest, now: clock.now())
            try await Task.sleep(for: .seconds(10))
        } catch let failure as Failure where failure.code == "submit.reading_failed" {
            try await readings.end(digest, .unreadable, note: failure.values["note"], now: clock.now())
            await tell("message.evidence_unreadable", of: digest)
        } catch {
            // Once more, then it is given up.
            if tries >= 2 { try await readings.end(digest, .unreadable, note: "fell", now: clock.now()) }
        }
        return true
    }

    /// Who uploaded the file, once for each place where it is used; what cannot be told hinders nothing.
    private func tell(_ code: String, of digest: Digest, _ values: [String: String] = [:]) async {
        guard let messages, let files = try? await evidence.uses(of: digest) else { return }
        for file in files {
            let scheme = try? await rounds.round(file.cell.round).flatMap { $0.schemeDigest }
            let known = if let scheme { try? await schemes.scheme(digest: scheme) } else { nil as IndicatorScheme? }
            let section = known?.sections.first { section in
                section.groups.contains { $0.indicators.contains { $0.id == file.cell.indicator } }
            }
            let place = section.map { "/sections/\($0.id)#\(file.cell.indicator)" } ?? ""
            let draft = MessageDraft(
                code, values.merging(["name": file.name]) { own, _ in own }, round: file.cell.round,
                platform: file.cell.platform, address: "/company/rounds/\(file.cell.round)\(place)",
                to: [.accounts([file.by])])
            _ = try? await messages.tell(draft, at: clock.now())
        }
    }

    private func find(in digest: Digest) async throws {
        guard let document = try await readings.document(digest) else { return }
        var forms: [CertificateForm] = []
        if let use = try await evidence.uses(of: digest).first, let round = try await rounds.round(use.cell.round) {
            forms = try await schemes.scheme(digest: round.schemeDigest)?.certificates ?? []
        }
        let check = EvidenceCheck(forms: forms) { NormalisedName(company: $0).key }
        let certificates = check.certificates(document)
        // Certificates are mostly their own boilerplate: only other papers are compared by their text.
        let text = document.pages.map(\.text).joined(separator: "\n")
        let print = certificates.isEmpty ? TextPrint(String(text.prefix(400_000))) : nil
        try await readings.keep(check.numbers(document), print: print, of: digest)
    }
}
