import Access
import Collect
import HTTPTypes
import Hummingbird
import Review
import Scheme
import Trust
import Vocabulary

/// What a port key opens: its platform in its round.
struct PortAccess: Sendable {
    let key: PortKey
    let round: Round
    let scheme: IndicatorScheme
    let window: PortWindow
}

extension Services {
    /// Finds the key of a request to `/port/v1`.
    ///
    /// - Parameter sandbox: Whether the address is the sandbox's; a key works on one side only.
    /// - Throws: `collect.key-missing`, `collect.key-unknown` (never issued, revoked, or wrong: one answer for all),
    ///   `collect.key-realm`.
    func portAccess(_ request: Request, sandbox: Bool) async throws -> PortAccess {
        guard let header = request.headers[.authorization] else { throw Failure("collect.key-missing") }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Failure("collect.key-missing") }
        guard let shown = APIKey(parts[1]), let key = try await records.key(shown.id), key.digest == shown.digest,
            key.revokedAt == nil
        else { throw Failure("collect.key-unknown") }
        guard key.isSandbox == sandbox else { throw Failure("collect.key-realm") }
        guard let round = try await rounds.round(key.round) else { throw Failure("collect.key-unknown") }
        return PortAccess(
            key: key, round: round, scheme: try await scheme(of: round),
            window: try await portWindow(of: round, key.platform))
    }

    /// When the round takes records of the platform.
    func portWindow(of round: Round, _ platform: PlatformID) async throws -> PortWindow {
        let collecting = RoundState.open.order...RoundState.evaluating.order
        return PortWindow(
            isCollecting: collecting.contains(round.state.order), cutOff: round.cutOff,
            isReplay: round.kind == .demonstration, leaveUntil: try await records.leave(round.id, platform)?.until)
    }
}

/// The body of a push, with what its headers say of it.
struct PushBody: Sendable {
    let bytes: [UInt8]
    let coding: ContentCoding
    /// SHA-256, computed once for the header, the receipt and idempotency.
    let digest: Digest

    /// - Throws: `collect.coding-unknown`, `collect.batch_too_large`, `collect.digest-unsupported`,
    ///   `collect.batch-digest-mismatch`.
    init(_ request: Request, limit: Int) async throws {
        let coding = request.headers[.contentEncoding].map { $0.lowercased() } ?? "identity"
        guard let known = ContentCoding(rawValue: coding == "x-gzip" ? "gzip" : coding) else {
            throw Failure("collect.coding-unknown", ["coding": String(coding.prefix(40))])
        }
        self.coding = known
        do {
            bytes = Array(buffer: try await JSONBody.collect(request, limitBytes: limit))
        } catch let failure as Failure where failure.code == "web.body_too_large" {
            throw Failure("collect.batch_too_large", ["limit": "\(limit / 1_048_576) MiB"])
        }
        digest = Digest.sha256(of: bytes)
        if let name = HTTPField.Name("Content-Digest"), let header = request.headers[name] {
            try PushBody.check(header, bytes, digest)
        }
    }

    private static func check(_ header: String, _ bytes: [UInt8], _ actual: Digest) throws(Failure) {
        let stated: ContentDigest
        do throws(Failure) { stated = try ContentDigest(reading: header) } catch {
            throw Failure("collect.digest-unsupported")
        }
        guard stated.fits(bytes, known: actual) else {
            throw Failure("collect.batch-digest-mismatch", ["digest": actual.hex])
        }
    }
}
