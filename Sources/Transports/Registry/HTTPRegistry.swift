import Foundation
import Match
import Vocabulary

/// The outside registry over HTTP, by the contract of `docs/api/registry.yaml`.
///
/// Every question has a time limit over all its pages and tries. Tried again, with a growing and jittered pause: no
/// connection, a broken answer, a timeout of one try, 429 and 5xx. Not tried again: any other status, and an answer
/// that breaks the contract. A 404 is such a status, never "not in the register": an empty answer must say so itself.
public struct HTTPRegistry: Registry {
    public struct Limits: Sendable {
        /// One try, from the first byte sent to the last received.
        public var trySeconds: Double
        /// One question with all its pages, tries and pauses.
        public var questionSeconds: Double
        public var tries: Int
        /// The first pause; it doubles with every try.
        public var pauseSeconds: Double
        /// The body of one page.
        public var bytes: Int
        public var pages: Int

        public init(
            trySeconds: Double = 5, questionSeconds: Double = 20, tries: Int = 3, pauseSeconds: Double = 0.3,
            bytes: Int = 4 << 20, pages: Int = 50
        ) {
            self.trySeconds = trySeconds
            self.questionSeconds = questionSeconds
            self.tries = tries
            self.pauseSeconds = pauseSeconds
            self.bytes = bytes
            self.pages = pages
        }
    }

    private let base: URL
    private let key: String?
    private let limits: Limits
    private let jitter: @Sendable () -> Double
    private let fetcher: BoundedFetcher

    /// - Parameters:
    ///   - base: the address before `/registry/v1`, http or https.
    ///   - key: sent as a bearer token when the registry asks for one.
    ///   - jitter: 0…1, stretches every pause by half to one and a half; random in production.
    /// - Throws: `match.registry_address`.
    public init(
        base address: String, key: String? = nil, limits: Limits = Limits(),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0...1) }
    ) throws {
        guard let base = URL(string: address), let scheme = base.scheme, ["http", "https"].contains(scheme),
            base.host() != nil, base.query() == nil
        else { throw Failure("match.registry_address", ["address": address]) }
        self.base = base
        self.key = key
        self.limits = limits
        self.jitter = jitter
        self.fetcher = BoundedFetcher(idleSeconds: limits.trySeconds)
    }

    public func ask(_ question: RegistryQuestion) async throws -> RegistryAnswer {
        try await withThrowingTaskGroup(of: RegistryAnswer.self) { group in
            group.addTask { try await self.allPages(question) }
            group.addTask {
                try await Task.sleep(for: .seconds(self.limits.questionSeconds))
                throw Failure("match.registry_timeout", ["seconds": "\(self.limits.questionSeconds)"])
            }
            defer { group.cancelAll() }
            guard let answer = try await group.next() else { throw CancellationError() }
            return answer
        }
    }

    private func allPages(_ question: RegistryQuestion) async throws -> RegistryAnswer {
        var whole = try await page(question, cursor: nil)
        var pages = 1
        while let cursor = whole.next {
            guard pages < limits.pages else {
                throw Failure("match.registry_too_large", ["limit": "\(limits.pages) pages"])
            }
            let next = try await page(question, cursor: cursor)
            // A register that changed between two pages has been seen whole by nobody.
            guard next.register == whole.register, next.next != cursor else { throw Failure("match.registry_partial") }
            whole.companies += next.companies
            whole.next = next.next
            pages += 1
        }
        return whole
    }

    private func page(_ question: RegistryQuestion, cursor: String?) async throws -> RegistryAnswer {
        let (query, echo) = HTTPRegistry.query(question)
        let page = cursor.map { "&cursor=" + HTTPRegistry.escaped($0) } ?? ""
        guard let url = URL(string: base.absoluteString.trimmingSlash() + "/registry/v1/companies?" + query + page)
        else { throw Failure("match.registry_address", ["address": base.absoluteString]) }
        let body = try await body(of: url)
        let answer: RegistryAnswer
        do {
            answer = try JSONDecoder().decode(RegistryAnswer.self, from: Data(body))
        } catch {
            throw Failure("match.registry_malformed", cause: error)
        }
        guard answer.query == echo else { throw Failure("match.registry_other_question") }
        guard answer.isComplete else { throw Failure("match.registry_partial") }
        return answer
    }

    /// The body of a 200, after as many tries as allowed.
    private func body(of url: URL) async throws -> [UInt8] {
        var headers = ["Accept": "application/json"]
        if let key { headers["Authorization"] = "Bearer " + key }
        var failure = Failure("match.registry_unreachable")
        for attempt in 0..<max(1, limits.tries) {
            var wait = limits.pauseSeconds * Double(1 << min(attempt, 10)) * (0.5 + jitter())
            do {
                let fetched = try await fetcher.get(
                    url, headers: headers, limitBytes: limits.bytes, deadlineSeconds: limits.trySeconds)
                if fetched.status == 200 { return fetched.body }
                failure = Failure("match.registry_status", ["status": "\(fetched.status)"])
                guard fetched.status == 429 || fetched.status >= 500 else { throw failure }
                wait = max(wait, min(fetched.retryAfterSeconds ?? 0, limits.questionSeconds))
            } catch BoundedFetcher.Refusal.tooLarge {
                throw Failure("match.registry_too_large", ["limit": "\(limits.bytes / 1024) KiB"])
            } catch BoundedFetcher.Refusal.timeout {
                failure = Failure("match.registry_timeout", ["seconds": "\(limits.trySeconds)"])
            } catch let BoundedFetcher.Refusal.broken(why) {
                failure = Failure("match.registry_unreachable", ["why": why])
            }
            if attempt + 1 < limits.tries { try await Task.sleep(for: .seconds(wait)) }
        }
        throw failure
    }

    private static func query(_ question: RegistryQuestion) -> (String, RegistryAnswer.Query) {
        switch question {
        case .code(let code): return ("code=" + escaped(code.text), RegistryAnswer.Query(code: code.text))
        case .name(let name): return ("name=" + escaped(name), RegistryAnswer.Query(name: name))
        }
    }

    /// Percent-encoded down to RFC 3986's unreserved characters, so that a plus sign stays one.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: out.unicodeScalars.append(Unicode.Scalar(byte))
            default: out += "%" + Hexadecimal.text([byte]).uppercased()
            }
        }
        return out
    }
}

extension String {
    fileprivate func trimmingSlash() -> String { hasSuffix("/") ? String(dropLast()) : self }
}
