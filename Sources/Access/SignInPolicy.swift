import Vocabulary

/// How often a password may be wrong.
public struct SignInPolicy: Sendable, Hashable {
    /// Wrong passwords in a row until the account rests.
    public var failureLimit: Int
    /// How long it rests; a pause of the same length between two wrong ones starts the count anew.
    public var restSeconds: Int64

    public init(failureLimit: Int = 5, restSeconds: Int64 = 900) {
        self.failureLimit = failureLimit
        self.restSeconds = restSeconds
    }
}

/// The wrong passwords in a row of one account.
public struct SignInFailures: Sendable, Hashable {
    public let count: Int
    public let last: Instant?

    public static let none = SignInFailures(count: 0, last: nil)

    public init(count: Int, last: Instant?) {
        self.count = count
        self.last = last
    }

    /// Until when no password is looked at; nil when one may be tried.
    public func restsUntil(_ policy: SignInPolicy, at now: Instant) -> Instant? {
        guard count >= policy.failureLimit, let last else { return nil }
        let end = last.adding(seconds: policy.restSeconds)
        return now < end ? end : nil
    }

    /// After one more wrong password.
    public func adding(_ policy: SignInPolicy, at now: Instant) -> SignInFailures {
        if let last, now < last.adding(seconds: policy.restSeconds) {
            return SignInFailures(count: count + 1, last: now)
        }
        return SignInFailures(count: 1, last: now)
    }
}

/// Whether a password may be looked at now.
public enum SignInTry: Sendable, Hashable {
    /// With the tries in a row, this one included.
    case allowed(SignInFailures)
    case resting(until: Instant)

    /// The rule: what one more try makes of the tries so far.
    public init(after failures: SignInFailures, _ policy: SignInPolicy, at now: Instant) {
        if let end = failures.restsUntil(policy, at: now) {
            self = .resting(until: end)
        } else {
            self = .allowed(failures.adding(policy, at: now))
        }
    }
}
