import Vocabulary

/// Whether and how a round takes records now.
public struct PortWindow: Sendable, Hashable {
    /// The round's state takes records.
    public var isCollecting: Bool
    /// The last day of submission.
    public var cutOff: CivilDay
    /// A demonstration replays an edition whose dates lie anywhere: neither cut-off nor days on time bind it.
    public var isReplay: Bool
    /// Until when the authority has given leave to send after the cut-off.
    public var leaveUntil: Instant?

    public init(isCollecting: Bool, cutOff: CivilDay, isReplay: Bool, leaveUntil: Instant?) {
        self.isCollecting = isCollecting
        self.cutOff = cutOff
        self.isReplay = isReplay
        self.leaveUntil = leaveUntil
    }

    /// - Throws: `collect.window-closed` outside the round's collecting states, and after the cut-off without leave.
    public func check(now: Instant, cutter: DayCutter) throws(Failure) {
        guard isCollecting else { throw Failure("collect.window-closed", ["cutOff": "\(cutOff)"]) }
        if isReplay || cutter.day(of: now) <= cutOff { return }
        guard let leaveUntil, now <= leaveUntil else {
            throw Failure("collect.window-closed", ["cutOff": "\(cutOff)"])
        }
    }
}

/// Limits of the push interface.
public struct PortPolicy: Sendable {
    public var limits: BatchLimits
    /// Batches a second that one platform may send on average, and at once.
    public var batchesPerSecond: Double
    public var burst: Double
    /// Pushes worked on at once; the next one is answered 503.
    public var concurrent: Int
    public var longestReason: Int

    public static let standard = PortPolicy(
        limits: .standard, batchesPerSecond: 50, burst: 500, concurrent: 48, longestReason: 1000)

    public init(limits: BatchLimits, batchesPerSecond: Double, burst: Double, concurrent: Int, longestReason: Int) {
        self.limits = limits
        self.batchesPerSecond = batchesPerSecond
        self.burst = burst
        self.concurrent = concurrent
        self.longestReason = longestReason
    }
}
